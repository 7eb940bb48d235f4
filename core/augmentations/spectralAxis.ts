import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';

/**
 * The axis values of the channels: those given as a parameter, else those of the data.
 *
 * @throws numerics.shape when there are not as many as channels; numerics.parameter when they neither only rise nor fall
 */
export function axisValues(
  operator: string,
  given: readonly number[] | null,
  axis: Axis,
  channels: number,
): Float64Array {
  const values = given === null ? axis.values : Float64Array.from(given);
  if (values.length !== channels)
    throw new EngineError('numerics.shape', {
      what: `${operator}: axis`,
      expected: `${channels} values, one a channel`,
      found: String(values.length),
    });
  const sign = Math.sign(values[1] - values[0]);
  for (let j = 1; j < values.length; j++)
    if (!(sign * (values[j] - values[j - 1]) > 0))
      throw new EngineError('numerics.parameter', {
        operator,
        parameter: 'the axis',
        problem: `must only rise or only fall, but it turns at channel ${j + 1}. Use this step before spectra are put side by side.`,
      });
  return values;
}

/** Wavelengths in nm, for effects that sit at certain bands. */
export function wavelengthsNm(operator: string, axis: Axis, channels: number): Float64Array {
  if (axis.unit === 'index')
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'the axis',
      problem: 'has no unit. It needs wavelengths in nm or wavenumbers in cm⁻¹: import the data with their axis.',
    });
  const values = axisValues(operator, null, axis, channels);
  return axis.unit === 'nm' ? values : values.map((wavenumber) => 1e7 / wavenumber);
}

/** Middle distance of neighbouring channels. */
export function channelSpacing(values: Float64Array): number {
  const steps = values
    .slice(1)
    .map((value, j) => Math.abs(value - values[j]))
    .sort();
  if (steps.length === 0) return 1;
  const middle = steps.length >> 1;
  return steps.length % 2 === 1 ? steps[middle] : (steps[middle - 1] + steps[middle]) / 2;
}
