import { at, type Equivalents, unnamed } from './mutant.ts';

export const lastMember: Equivalents = {
  because: 'The last member of a closed union is what is left: only the others are compared with',
  mutants: [
    ...at('deciding/guards/evidence.ts', "scope: 'rescues',", unnamed('rescues')),
    ...at(
      'cases/announce-case.ts',
      "const what = decision.kind === 'page' ? 'needed' : 'warned';",
      unnamed('warned'),
    ),
    ...at(
      'cases/case-transitions.ts',
      "said: word('warned', { reason, refusals: [], wouldDo: plan, asked }),",
      unnamed('warned'),
    ),
    ...at(
      'cases/case-transitions.ts',
      "said: word('warned', { reason, refusals: [refusal], wouldDo }),",
      unnamed('warned'),
    ),
    ...at('cases/answer-case.ts', "case 'unknown':", unnamed('unknown')),
    ...at(
      'deciding/decide-rescue.ts',
      "const withoutTarget = (refusal: Refusal): Planned => ({ kind: 'refused', refusal, wouldDo: undefined });",
      unnamed('refused'),
    ),
    ...at(
      'deciding/decide-rescue.ts',
      "return refusal === undefined ? { kind: 'plan', plan } : { kind: 'refused', refusal, wouldDo: plan };",
      unnamed('refused'),
    ),
    ...at(
      'deciding/decide-return.ts',
      "if (bucket === undefined) return { kind: 'safe', reason: { code: 'cannot-run-out' } };",
      unnamed('safe'),
    ),
    ...at(
      'deciding/decide-return.ts',
      "? { kind: 'safe', reason: { code: 'demand-fits-bucket-again' } }",
      unnamed('safe'),
    ),
    ...at('deciding/target.ts', "? { kind: 'source', type, size, bucket }", unnamed('source')),
    ...at(
      'deciding/target.ts',
      "const wishing = (ability: Ability): Wish => ({ kind: 'wish', ability });",
      unnamed('wish'),
    ),
  ],
};
