import { describe, expect, test } from 'vitest';
import { hasReferenceData } from '#tests/support/referenceData.ts';

/** Tests against reference data that may not be kept here. Without them, a test of that name says so. */
export function withReferenceData(name: string, body: () => void): void {
  if (hasReferenceData()) {
    describe(name, body);
    return;
  }
  console.warn(`Not compared, because REFRACT_REFERENCE_DATA names no folder with the reference data: ${name}`);
  test(`${name}: the reference data are absent`, () => {
    expect(hasReferenceData()).toBe(false);
  });
}
