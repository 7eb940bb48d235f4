import type { AnySplitter } from '#core/data/operator.ts';
import { binnedStratifiedGroupKFold } from '#core/splitters/binnedStratifiedGroupKFold.ts';
import { contiguousBlocks } from '#core/splitters/contiguousBlocks.ts';
import { duplex } from '#core/splitters/duplex.ts';
import { groupKFold } from '#core/splitters/groupKFold.ts';
import { groupShuffleSplit } from '#core/splitters/groupShuffleSplit.ts';
import { kBinsStratified } from '#core/splitters/kBinsStratified.ts';
import { kennardStone } from '#core/splitters/kennardStone.ts';
import { kFold } from '#core/splitters/kFold.ts';
import { kMeansSplitter } from '#core/splitters/kMeansSplitter.ts';
import { leaveOneGroupOut } from '#core/splitters/leaveOneGroupOut.ts';
import { leaveOneOut } from '#core/splitters/leaveOneOut.ts';
import { leavePGroupsOut } from '#core/splitters/leavePGroupsOut.ts';
import { leavePOut } from '#core/splitters/leavePOut.ts';
import { predefinedSplit } from '#core/splitters/predefinedSplit.ts';
import { repeatedKFold } from '#core/splitters/repeatedKFold.ts';
import { repeatedStratifiedKFold } from '#core/splitters/repeatedStratifiedKFold.ts';
import { shuffleSplit } from '#core/splitters/shuffleSplit.ts';
import { splitSplitter } from '#core/splitters/splitSplitter.ts';
import { spxy } from '#core/splitters/spxy.ts';
import { spxyFold } from '#core/splitters/spxyFold.ts';
import { spxyGFold } from '#core/splitters/spxyGFold.ts';
import { stratifiedGroupKFold } from '#core/splitters/stratifiedGroupKFold.ts';
import { stratifiedKFold } from '#core/splitters/stratifiedKFold.ts';
import { stratifiedShuffleSplit } from '#core/splitters/stratifiedShuffleSplit.ts';
import { systematicCircular } from '#core/splitters/systematicCircular.ts';
import { timeSeriesSplit } from '#core/splitters/timeSeriesSplit.ts';
import { venetianBlinds } from '#core/splitters/venetianBlinds.ts';

/** In the order of the palette. */
export const splitters: readonly AnySplitter[] = [
  kFold,
  repeatedKFold,
  venetianBlinds,
  contiguousBlocks,
  shuffleSplit,
  stratifiedKFold,
  repeatedStratifiedKFold,
  stratifiedShuffleSplit,
  groupKFold,
  stratifiedGroupKFold,
  binnedStratifiedGroupKFold,
  groupShuffleSplit,
  leaveOneGroupOut,
  leavePGroupsOut,
  kennardStone,
  spxy,
  duplex,
  kMeansSplitter,
  systematicCircular,
  kBinsStratified,
  splitSplitter,
  spxyFold,
  spxyGFold,
  timeSeriesSplit,
  predefinedSplit,
  leaveOneOut,
  leavePOut,
];
