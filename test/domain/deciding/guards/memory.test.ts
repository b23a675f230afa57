import { noGenesis, unknownCaseTag } from '../../../../core/domain/deciding/guards/memory.ts';
import { watching } from '../../some-case.ts';
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
]);
