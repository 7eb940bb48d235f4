import type { Migration } from '#core/workspace/migrate.ts';
import { initial } from '#core/workspace/migrations/001-initial.ts';
import { units } from '#core/workspace/migrations/002-units.ts';
import { predictionBlocks } from '#core/workspace/migrations/003-prediction-blocks.ts';
import { baseModels } from '#core/workspace/migrations/004-base-models.ts';
import { resume } from '#core/workspace/migrations/005-resume.ts';

/** Every migration, in order. Written out by hand; a number is used once and for ever. */
export const migrations: readonly Migration[] = [initial, units, predictionBlocks, baseModels, resume];
