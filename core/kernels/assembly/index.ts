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
export { backward, forward, squaresAbout } from './skinny';
export { mirror, tile, transpose } from './products';
