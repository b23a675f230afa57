import { noGenesis, unknownCaseTag } from '../../../../core/domain/deciding/guards/memory.ts';
import type { Modification } from '../../../../core/domain/deciding/situation.ts';
import { read, unread } from '../../../../core/domain/reading.ts';
import { type Duration, minutes } from '../../../../core/domain/units.ts';
import { watching } from '../../some-case.ts';
import { ago } from '../../some-situation.ts';
import { noon } from '../../some-volume.ts';
import { vetoes } from './veto-table.ts';

vetoes(noGenesis, [
  {
    refuses: 'while the table lacks its genesis item',
    given: { situation: { memory: { kind: 'no-genesis' } } },
    with: { code: 'no-genesis' },
    butNot: 'with a whole table',
    twin: { situation: { memory: { kind: 'whole' } } },
  },
]);

const tagged = (tag: string) => ({ volume: { tags: { 'ebs-burst:state': tag } } });
/** Beside a claim, so long ago; a crash may have kept the claim from the table. */
const claimed = (since: Duration, tag = 'EB-00000001#1') => ({
  volume: { tags: { 'ebs-burst:state': tag, 'ebs-burst:state-at': new Date(ago(since)).toISOString() } },
});
const modifiedAgo = (since: Duration) => ({
  situation: {
    modification: read<Modification>(
      { state: 'completed', startedAt: ago(since), progress: 100, from: undefined, to: undefined },
      noon,
    ),
  },
});
const unknownTag = { code: 'unknown-case-tag', tag: 'EB-00000001#1' } as const;

const held = watching({ id: 'EB-00000001', version: 4 });

vetoes(unknownCaseTag, [
  {
    refuses: 'a volume whose tag names a case the table lacks',
    given: tagged('EB-00000001#1'),
    with: { code: 'unknown-case-tag', tag: 'EB-00000001#1' },
    butNot: 'an untagged volume without a case, which is simply new',
    twin: {},
  },
  {
    refuses: 'a tag that is newer than the case in the table, as after a restore',
    given: { ...tagged('EB-00000001#5'), situation: { openCase: held } },
    with: { code: 'unknown-case-tag', tag: 'EB-00000001#5' },
    butNot: 'a tag of the same version',
    twin: { ...tagged('EB-00000001#4'), situation: { openCase: held } },
  },
  {
    refuses: 'a tag of another case',
    given: { ...tagged('EB-00000002#1'), situation: { openCase: held } },
    with: { code: 'unknown-case-tag', tag: 'EB-00000002#1' },
    butNot: 'an older tag of the same case',
    twin: { ...tagged('EB-00000001#1'), situation: { openCase: held } },
  },
  {
    refuses: 'a tag without a version',
    given: { ...tagged('EB-00000001'), situation: { openCase: held } },
    with: { code: 'unknown-case-tag', tag: 'EB-00000001' },
    butNot: 'other tags under our prefix',
    twin: { volume: { tags: { 'ebs-burst:state-was': 'gp2' } } },
  },
  {
    refuses: 'a first claim that the table may yet take, its modification not be shown yet',
    given: claimed(minutes(4.99)),
    with: unknownTag,
    butNot: 'a first claim that came to nothing: five minutes later the volume was never modified',
    twin: claimed(minutes(5)),
  },
  {
    refuses: 'a first claim that came to something: the volume was modified then',
    given: { ...claimed(minutes(60)), ...modifiedAgo(minutes(61)) },
    with: unknownTag,
    butNot: 'one whose volume was only modified before',
    twin: { ...claimed(minutes(60)), ...modifiedAgo(minutes(63)) },
  },
  {
    refuses: 'a first claim when the volume was modified as long before as clocks may differ',
    given: { ...claimed(minutes(60)), ...modifiedAgo(minutes(62)) },
    with: unknownTag,
    butNot: 'when it was modified longer before',
    twin: { ...claimed(minutes(60)), ...modifiedAgo(minutes(62.01)) },
  },
  {
    refuses: 'a first claim while modifications cannot be read',
    given: { ...claimed(minutes(60)), situation: { modification: unread('Throttling') } },
    with: unknownTag,
    butNot: 'while they can',
    twin: claimed(minutes(60)),
  },
  {
    refuses: 'a later claim, whose case the table must have held, modified or not',
    given: claimed(minutes(60), 'EB-00000001#2'),
    with: { code: 'unknown-case-tag', tag: 'EB-00000001#2' },
    butNot: 'a first one',
    twin: claimed(minutes(60)),
  },
]);
