import type { Delivery } from '../core/application/deliver-notice.ts';
import { observe } from './observability.ts';

/** Logs and counts what delivery did; every failure is one record, and no channel puts a secret into its detail. */
export function reportDeliveries() {
  const { logger, publish } = observe('deliver-notice');
  return {
    malformed: (error: Error) => logger.error('a notice cannot be read', { detail: error.message }),
    outcome: (deliveries: readonly Delivery[]): readonly Delivery[] => {
      for (const delivery of deliveries) {
        if (delivery.kind === 'failed' || delivery.kind === 'broken')
          logger.error('not delivered', { delivery });
        else if (delivery.kind !== 'quiet') logger.info('delivery', { delivery });
      }
      publish({
        NoticesSent: deliveries.reduce((sum, each) => sum + (each.kind === 'sent' ? each.notices : 0), 0),
        NoticesFailed: deliveries.filter(isFailure).length,
        NoticesPending: deliveries.filter((each) => isFailure(each) || each.kind === 'postponed').length,
      });
      return deliveries;
    },
  };
}

/** A digest that waits for its time is neither failed nor pending in the sense of an alarm. */
const isFailure = ({ kind }: Delivery): boolean => kind === 'failed' || kind === 'broken';
