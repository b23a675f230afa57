import type { Forecast } from '../../domain/credits/forecast.ts';
import type { Replayed } from '../../domain/history/replayed.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import type { Instant } from '../../domain/units.ts';

/** What a notice stands for on the timeline of a replay; progress that nobody has to act on is left out. */
export function replayedOf(notice: Notice): readonly Replayed[] {
  if (notice.kind !== 'case') return [];
  const { at, said, credits, subject } = notice;
  const { volumeId } = subject;
  switch (said.kind) {
    case 'warned':
    case 'needed': {
      const refusals = said.refusals.map(({ code }) => code);
      return [{ kind: 'announced', at, volumeId, said: said.kind, wall: wallIn(credits.forecast), refusals }];
    }
    case 'acted':
      return [{ kind: 'acted', at, volumeId, plan: said.plan, wall: wallIn(credits.forecast) }];
    case 'returning':
      return [{ kind: 'returned', at, volumeId, plan: said.plan }];
    case 'ended':
      return [{ kind: 'ended', at, volumeId, ending: said.ending }];
    default:
      return [];
  }
}

function wallIn(forecast: Forecast): Instant | undefined {
  if (forecast.kind === 'at-wall') return forecast.asOf;
  return forecast.kind === 'draining' ? forecast.wall.likely : undefined;
}
