import type { CensusOutcome } from '../core/application/keep-alarms.ts';
import { observe } from './observability.ts';

export function reportCensus() {
  const { logger, publish } = observe('keep-alarms');
  return {
    malformed: (error: Error) =>
      logger.error('an item of the table cannot be read', { detail: error.message }),
    instance: <Outcome extends { readonly put: number }>(outcome: Outcome): Outcome => {
      logger.info('instance started', { outcome });
      publish({ AlarmsPut: outcome.put });
      return outcome;
    },
    census: (outcome: CensusOutcome): CensusOutcome => {
      for (const error of outcome.errors) logger.error('alarm not written', { error });
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
