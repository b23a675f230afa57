import { configurationText } from './configuration-text.ts';
import { disks } from './disk-count.ts';
import { type Fact, link, type Stamp, text } from './fact.ts';
import { heartbeatFacts, heartbeatLine } from './heartbeat.ts';
import { modifyCommand } from './modify-command.ts';
import { money } from './money-text.ts';
import type { CoverageNotice, FarewellNotice, Notice } from './notice.ts';
import { mostNamed, someOf } from './some-of.ts';
import type { UnwatchedVolume } from './unwatched.ts';

interface Body {
  readonly form?: 'line';
  readonly lead: string;
  readonly facts: readonly Fact[];
}

/** What is said about no case in particular: coverage, heartbeat, farewell, test. */
export function looseMessage(notices: readonly Notice[], stamp: Stamp): Body {
  const notice = notices.at(-1);
  switch (notice?.kind) {
    case 'coverage':
      return coverage(notice, stamp);
    case 'heartbeat':
      return { form: 'line', lead: heartbeatLine(notice), facts: heartbeatFacts(notice) };
    case 'farewell':
      return farewell(notice);
    case 'test':
      return {
        lead: 'This is a test: the channel works and nothing is wrong.',
        facts: [text('Where', `Account ${notice.account}, ${notice.region}.`)],
      };
    default:
      return { lead: 'Nothing to tell.', facts: [] };
  }
}

/** The others follow the same form. */
const mostCommands = 3;
const whyUnwatched: { readonly [Why in UnwatchedVolume['why']]: string } = {
  'over-max-alarms': 'over maxAlarms; raise it to watch them',
  'opted-out': 'tag ebs-burst:mode says off',
  'alarm-write-failed': 'the alarm could not be written; we try again every 15 min',
  'alarm-not-yet-written': 'the alarm waits for its turn; the next census, within 15 min, writes it',
  'foreign-alarm':
    'somebody else has an alarm of our name, which we never touch; delete it and we write ours',
  unjudgeable: 'described by EC2 in a way we do not know; update ebs-burst-responder',
};

function coverage(notice: CoverageNotice, { runbook }: Stamp): Body {
  const unwatched = notice.unwatched.byReason.map(({ why, count }) => {
    const ids = notice.unwatched.first.filter((each) => each.why === why).map(({ volumeId }) => volumeId);
    const sentence = `${disks(count)}: ${whyUnwatched[why]}.`;
    return ids.length === 0 ? sentence : `${sentence} ${someOf(ids, count)}`;
  });
  return {
    lead:
      notice.unwatched.total === 0
        ? 'Every disk that can run out is watched.'
        : 'Some disks that can run out are not watched.',
    facts: [
      text(
        'What',
        `${disks(notice.watched)} can run out of burst credits and ${notice.watched === 1 ? 'has' : 'have'} an alarm.`,
        `${disks(notice.cannotRunOut)} cannot run out and ${notice.cannotRunOut === 1 ? 'needs' : 'need'} none.`,
      ),
      ...(unwatched.length === 0 ? [] : [text('Not done', ...unwatched)]),
      text('Where', `Account ${notice.account}, ${notice.region}.`),
      text('Cost', `${money(notice.monthlyCost)} a month for the alarms.`),
      text('Next', 'A line every day; this again when the coverage changes.'),
      ...(runbook === undefined ? [] : [link('Runbook', runbook)]),
    ],
  };
}

function farewell(notice: FarewellNotice): Body {
  const left = notice.stillUpgraded;
  return {
    lead:
      left.length === 0
        ? 'No action needed: nothing of ours is left.'
        : 'When you have time: nobody will put these disks back but you.',
    facts: [
      text('What', `The stack was deleted. From now on nobody watches the disks of this account and Region.`),
      text('Did', `${notice.deletedAlarms.toLocaleString('en-US')} alarms of ours deleted.`),
      ...(left.length === 0
        ? []
        : [
            text(
              'Not done',
              ...left
                .slice(0, mostNamed)
                .map(
                  ({ volumeId, was, is }) =>
                    `${volumeId} was not put back: it is ${configurationText(is)}, was ${configurationText(was)}.`,
                ),
              ...(left.length > mostNamed
                ? [`And ${left.length - mostNamed} more: see the retained table.`]
                : []),
            ),
          ]),
      ...left.slice(0, mostCommands).map(
        ({ volumeId, was }): Fact => ({
          label: 'By hand',
          value: { kind: 'command', lines: modifyCommand({ region: notice.region, volumeId }, was) },
        }),
      ),
      text('Where', `Account ${notice.account}, ${notice.region}.`),
    ],
  };
}
