import type { CensusOutcome } from '../../core/application/keep-alarms.ts';
import type { WatchOutcome } from '../../core/application/watch-instance.ts';
import { observability } from './observability.ts';

export function reportCensus() {
  const { logger, publish } = observability('keep-alarms');
  return {
    malformed: (error: Error) =>
      logger.error('an item of the table cannot be read', { detail: error.message }),
    instance: (outcome: WatchOutcome): WatchOutcome => {
      for (const error of outcome.errors) logger.error('left to the census', { error });
      logger.info('instance started', { outcome });
      publish({ AlarmsPut: outcome.put });
      return outcome;
    },
    census: (outcome: CensusOutcome): CensusOutcome => {
      for (const error of outcome.errors) logger.error('left undone', { error });
      logger.info('census', { outcome });
      publish({
        CensusCompleted: 1,
        AlarmsPut: outcome.put,
        AlarmsDeleted: outcome.deleted,
        VolumesWatched: outcome.watched,
        VolumesUnwatched: outcome.unwatched,
      });
      return outcome;
    },
  };
}
