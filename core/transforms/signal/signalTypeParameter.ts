import { z } from 'zod';

/** Signals that hold light. Those with % run to 100, the others to 1. */
export const lightSignals = ['reflectance', 'reflectance%', 'transmittance', 'transmittance%'] as const;
export type LightSignal = (typeof lightSignals)[number];

/** What a value of 1 of the signal stands for. */
export const fullLight = (signal: LightSignal): number => (signal.endsWith('%') ? 100 : 1);

export const signalTypeParameter = (title: string, description: string) =>
  z.enum(lightSignals).default('reflectance').meta({ title, description });
