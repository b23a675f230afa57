import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentedProp, documentedProps } from './documented-props.ts';
import { code, type Page, page, table } from './page.ts';

export const configurationPage: Page = {
  file: 'configuration.md',
  render: () => {
    const source = readFileSync(join(import.meta.dirname, '..', '..', 'lib', 'responder-props.ts'), 'utf8');
    const rowsOf = (name: string) => documentedProps(source, name).map(rowOf);
    return page(
      'Configuration',
      intro,
      table(head, rowsOf('EbsBurstResponderProps')),
      '## act',
      table(head, rowsOf('ActProps')),
      '## blastRadius',
      table(head, rowsOf('BlastRadiusProps')),
      '## slack, by bot token',
      table(head, rowsOf('SlackBot')),
      '## slack, by incoming webhook',
      table(head, rowsOf('SlackWebhook')),
      tags,
    );
  },
};

const head = ['prop', 'type', 'default', 'meaning'];

const rowOf = ({ name, type, fallback, text }: DocumentedProp): readonly string[] => [
  code(name),
  code(type),
  fallback === undefined ? 'required' : isLiteral(fallback) ? code(fallback) : fallback,
  text,
];

/** Numbers, quoted texts, lists and objects; the rest is prose. */
const isLiteral = (text: string): boolean => /^[\d'[{]/.test(text);

const intro = [
  'Props of the construct `EbsBurstResponder`, or the object `ebs-burst` in the context of `cdk.json`. Everything is optional.',
  'Unknown keys, impossible values and contradictions fail at synthesis, all at once, each with what was got, what was',
  'expected and what to do.',
  '',
  '```json',
  '{ "context": { "ebs-burst": { "mode": "act", "mailTo": ["storage@example.com"] } } }',
  '```',
].join('\n');

const tags = [
  '## Tags on a volume',
  '',
  'They narrow what the stack allows; the strictest of tag and stack wins. An invalid value means notify, and the daily',
  'heartbeat lists it.',
  '',
  table(
    ['key', 'values'],
    [
      [
        code('ebs-burst:mode'),
        '`off`, `notify`, `act`; with the default `act` prop, `act` is the consent to act',
      ],
      [code('ebs-burst:target'), '`gp3`, `io2`, `io1`'],
      [
        code('ebs-burst:tier'),
        '`latency-critical`: moved as soon as it is attached and initialised, and kept',
      ],
      [code('ebs-burst:state*'), 'written by the responder; leave them alone'],
    ],
  ),
].join('\n');
