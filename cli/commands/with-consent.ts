import * as v from 'valibot';
import type { Explained } from '../../core/application/explain-volume.ts';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { Situation } from '../../core/domain/deciding/situation.ts';
import type { Explanation } from '../../core/domain/explaining/explanation.ts';
import type { Recording } from '../../core/domain/history/recording.ts';
import { configurationText } from '../../core/domain/notices/configuration-text.ts';
import { clockSeenFrom } from '../../core/domain/notices/time-text.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { sentence } from '../../core/domain/reason-texts.ts';
import type { Instant } from '../../core/domain/units.ts';
import { describeConfiguration, type VolumeId } from '../../core/domain/volume.ts';

const consentExpected = 'assumed or as-tagged; leave it out for assumed';

/** Whether volumes that carry no consent are moved in days that are lived through again. */
export const consentOption = v.optional(v.picklist(['assumed', 'as-tagged'], consentExpected));

/** The tag that a replay which assumes consent takes this volume to carry; `undefined` where its own counts. */
export function assumedTag(
  { volumes }: Recording,
  volumeId: VolumeId,
  { act: { tagKey, values } }: Policy,
): string | undefined {
  const own = volumes.find(({ volume }) => volume.id === volumeId);
  return own === undefined || own.volume.tags[tagKey] !== undefined ? undefined : `${tagKey}=${values[0]}`;
}

/** The same, where whatever saw that tag says that it is assumed. */
export function sayingAssumed(explanation: Explanation, tag: string): Explanation {
  const { asked } = explanation;
  if (asked.kind !== 'guards') return explanation;
  const answers = asked.answers.map((answer) => ({
    ...answer,
    saw: answer.saw.replace(tag, () => `${tag} (assumed)`),
  }));
  return { ...explanation, asked: { ...asked, answers } };
}

/** The same days with the consent tag on this volume, and its text; `undefined` where it carries one that counts. */
export function withConsent(
  recording: Recording,
  volumeId: VolumeId,
  { act: { tagKey, values } }: Policy,
): { readonly recording: Recording; readonly tag: string } | undefined {
  const [value = ''] = values;
  const own = recording.volumes.find(({ volume }) => volume.id === volumeId);
  if (own === undefined || values.includes(own.volume.tags[tagKey] ?? '')) return undefined;
  const tags = { ...own.volume.tags, [tagKey]: value };
  const volumes = recording.volumes.map((one) =>
    one === own ? { ...own, volume: { ...own.volume, tags } } : one,
  );
  return { recording: { ...recording, volumes }, tag: `${tagKey}=${value}` };
}

/** A sentence on what would have been with that tag, beside what was decided without it. */
export function consentWords(tag: string, asTagged: Explanation, tagged: Explained): string {
  const did = tagged.kind === 'gone' ? 'known nothing of it' : deed(asTagged, tagged.explanation);
  return `With ${tag} on this volume alone it would have ${did}.`;
}

function deed(asTagged: Explanation, tagged: Explanation): string {
  const { decision, situation } = tagged;
  const { openCase, volume, now } = situation;
  switch (openCase?.state) {
    case 'intended':
      return openCase.bridge === undefined
        ? movedText(openCase.plan, openCase.intendedAt, now)
        : movedText(openCase.bridge.plan, openCase.bridge.since, now);
    case 'upgrading':
      return movedText(openCase.plan, openCase.acceptedAt, now);
    case 'bridged':
    case 'returning':
      return movedText(openCase.bridge.plan, openCase.bridge.since, now);
    default:
      if (decision.kind === 'act') return movedText(decision.plan, now, now);
  }
  const { configuration } = asTagged.situation.volume;
  if (describeConfiguration(volume.configuration) !== describeConfiguration(configuration))
    return `moved it to ${configurationText(volume.configuration)}${movedAt(situation)}`;
  if (decision.kind === 'warn' || decision.kind === 'page')
    return `not moved it either: ${decision.refusals.map((refusal) => sentence(refusal, now)).join('; ')}`;
  return decision.kind === asTagged.decision.kind
    ? 'done the same'
    : `done otherwise: ${sentence(decision.reason, now)}`;
}

/** Its case is over; what EC2 shows of the modification is left. */
const movedAt = ({ modification, now }: Situation): string =>
  modification.kind === 'unread' || modification.value === 'never'
    ? ' before'
    : ` at ${clockSeenFrom(modification.value.startedAt, now)}`;

const movedText = ({ to }: Plan, at: Instant, now: Instant): string =>
  `moved it to ${configurationText(to)} at ${clockSeenFrom(at, now)}`;
