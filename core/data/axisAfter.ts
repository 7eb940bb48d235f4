import { indexAxis, type Axis } from '#core/data/axis.ts';
import type { ResolvedPart, ResolvedTransform } from '#core/data/resolvedChain.ts';
import { joinAxes } from '#core/data/views.ts';

interface Input {
  /** The axis of the raw spectra. */
  readonly axis: Axis;
  /** K in classification, 0 in regression. */
  readonly classCount: number;
}

/** The axis of what comes out of transforms that get spectra on `axis`. Predictions are numbered, not spectral. */
export function axisAfter(axis: Axis, steps: readonly ResolvedTransform[], raw: Input): Axis {
  return steps.reduce((at, resolved) => {
    switch (resolved.kind) {
      case 'operator':
        return resolved.definition.outputAxis?.(at, resolved.step.state, resolved.step.params) ?? at;
      case 'concat':
        return joinAxes(resolved.lanes.map((lane) => axisAfter(at, lane, raw)));
      case 'source':
        return { ...raw.axis, values: raw.axis.values.slice(resolved.step.from, resolved.step.to) };
      case 'join':
        return joinAxes(resolved.parts.map((part) => axisOfPart(part, at, raw)));
    }
  }, axis);
}

function axisOfPart(part: ResolvedPart, axis: Axis, raw: Input): Axis {
  if (part.kind === 'spectra') return axisAfter(axis, part.lane, raw);
  return indexAxis((part.weights === null ? part.members.length : 1) * Math.max(1, raw.classCount));
}
