import type { Outcome } from '../../core/application/outcome.ts';
import { observability } from './observability.ts';

/** One flat record per volume and per message we could not use; the counts become metrics. */
export function reportResponses() {
  const { logger, publish } = observability('respond');
  const accepted = (said: string | undefined): boolean => said === 'acted' || said === 'returning';
  return {
    malformed: (error: Error) =>
      logger.error('an item of the table cannot be read', { detail: error.message }),
    assumed: (assumed: readonly string[]) => {
      for (const what of assumed) logger.warn('assumed what an event does not say', { what });
    },
    leftUndone: (errors: readonly string[]) => {
      for (const error of errors) logger.error('left undone', { error });
    },
    outcomes: (outcomes: readonly Outcome[], ignored: readonly string[]) => {
      for (const why of ignored) logger.warn('ignored a message', { why });
      for (const outcome of outcomes) {
        if (outcome.kind === 'failed') logger.error('volume failed', { outcome });
        else logger.info('volume', { outcome });
      }
      const ages = outcomes.flatMap((one) => (one.kind === 'stepped' ? (one.evidenceAge ?? []) : []));
      if (ages.length > 0) publish({ DetectionLag: Math.max(...ages) });
      publish({
        EventsIgnored: ignored.length,
        VolumesModified: outcomes.filter((one) => one.kind === 'stepped' && accepted(one.said)).length,
        ModificationsRefused: outcomes.filter(
          (one) => one.kind === 'stepped' && one.decision === 'act' && !accepted(one.said),
        ).length,
      });
    },
  };
}
