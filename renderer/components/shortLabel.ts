const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\bSavitzkyGolay\b/g, 'SG'],
  [/\bStandardScaler\b/g, 'autoscale'],
  [/\bwindow_length (\d+)/g, 'w$1'],
  [/\bpolyorder (\d+)/g, 'p$1'],
  [/\bderiv (\d+)/g, 'd$1'],
  [/\bn_components (\d+)/g, '$1 LV'],
  [/(\b[wpd]\d+), (?=[wpd]\d)/g, '$1 '],
];

/**
 * A variant's settings as a chemometrician jots them down: "SNV · SG w15 p2 d1 · 9 LV". For narrow places only; the
 * full label stands in the tooltip.
 */
export const shortLabel = (label: string): string =>
  SHORT.reduce((text, [pattern, short]) => text.replaceAll(pattern, short), label);
