export {
  addScaled,
  affine,
  dot,
  interleave,
  multiply,
  orthogonalise,
  projectOut,
  subtractRow,
  sum,
  weightedDot,
} from './vectors';
export { backward, forward } from './skinny';
export { mirror, tile } from './products';
