import type { Ledger } from '../../../../core/domain/cases/ledger.ts';
import { caps } from '../../../../core/domain/deciding/guards/caps.ts';
import { read, unread } from '../../../../core/domain/reading.ts';
import { dollars, minutes } from '../../../../core/domain/units.ts';
import { ago, bridge } from '../../some-situation.ts';
import { noon } from '../../some-volume.ts';
import { type Given, vetoes } from './veto-table.ts';

const spent = (committed: number): Given => ({
  situation: { ledger: read({ version: 3, committed: dollars(committed), recentClaims: [] }, noon) },
  plan: bridge(),
});
const claimed = (minutesAgo: readonly number[], watched: number): Given => ({
  situation: {
    ledger: read<Ledger>(
      { version: 3, committed: dollars(0), recentClaims: minutesAgo.map((each) => ago(minutes(each))) },
      noon,
    ),
    watchedVolumes: read(watched, noon),
  },
});

const counted = (watched: number, minutesAgo: number): Given => ({
  situation: { ...claimed([10], watched).situation, watchedVolumes: read(watched, ago(minutes(minutesAgo))) },
});

vetoes(caps, [
  {
    refuses: 'what would go over the spend cap',
    given: spent(32.51),
    with: { code: 'over-budget', committed: dollars(32.51), increase: dollars(67.5), cap: dollars(100) },
    butNot: 'what just reaches it',
    twin: spent(32.5),
  },
  {
    refuses: 'the sixth volume of an hour among 100 watched',
    given: claimed([59, 40, 30, 20, 10], 100),
    with: { code: 'over-blast-radius', used: 5, limit: 5 },
    butNot: 'when the first of five was an hour ago',
    twin: claimed([60, 40, 30, 20, 10], 100),
  },
  {
    refuses: 'the second volume of an hour in a small account',
    given: claimed([10], 3),
    with: { code: 'over-blast-radius', used: 1, limit: 1 },
    butNot: 'the first, so that a small account can be helped at all',
    twin: claimed([], 3),
  },
  {
    refuses: 'the eleventh volume of an hour however many are watched',
    given: claimed([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5_000),
    with: { code: 'over-blast-radius', used: 10, limit: 10 },
    butNot: 'the tenth',
    twin: claimed([1, 2, 3, 4, 5, 6, 7, 8, 9], 5_000),
  },
  {
    refuses: 'when the ledger cannot be read',
    given: { situation: { ledger: unread('the item is malformed') } },
    with: { code: 'unread-fact', fact: 'ledger', why: 'the item is malformed' },
    butNot: 'when it can',
    twin: {},
  },
  {
    refuses: 'the second volume of an hour when the last census no longer counts, and says why',
    given: counted(0, 121),
    with: {
      code: 'over-blast-radius',
      used: 1,
      limit: 1,
      why: 'the last census is 2 hours old, at most 2 count',
    },
    butNot: 'when it still does',
    twin: counted(100, 120),
  },
  {
    refuses: 'over the spend cap for that reason alone, however old the census is',
    given: {
      situation: { ...spent(32.51).situation, watchedVolumes: read(100, ago(minutes(181))) },
      plan: bridge(),
    },
    with: { code: 'over-budget', committed: dollars(32.51), increase: dollars(67.5), cap: dollars(100) },
    butNot: 'the first volume of an hour, however old the census is',
    twin: { situation: { watchedVolumes: read(0, ago(minutes(181))) } },
  },
  {
    refuses: 'when no census has counted the volumes',
    given: { situation: { watchedVolumes: unread('no census has been taken yet') } },
    with: { code: 'unread-fact', fact: 'census', why: 'no census has been taken yet' },
    butNot: 'when one has',
    twin: {},
  },
]);
