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
export {
  addToRows,
  projectRows,
  rowMoments,
  rowProducts,
  rowSizes,
  shiftDivideRows,
  shiftScaleRows,
} from './rows';
export { filterRows, standardiseWindows, windowRows } from './windows';
export { columnLimits, columnSquares, columnSums, standardiseRows } from './columns';
export { distances } from './distances';
export { scoreAndLoading } from './score';
export { derive } from './derive';
