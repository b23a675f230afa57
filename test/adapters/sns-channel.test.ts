import { SNSClient } from '@aws-sdk/client-sns';
import { beforeEach, expect, test } from 'vitest';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { snsChannel } from '../../lambda/adapters/sns-channel.ts';
import { mailOf } from '../../lambda/adapters/sns-text.ts';
import { connect } from '../../twin/connect.ts';
import { createEndpoint, type TwinEndpoint } from '../../twin/endpoint.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { Simulation } from '../../twin/simulation.ts';
import { snsService } from '../../twin/sns/service.ts';
import { type Topic, Topics } from '../../twin/sns/topics.ts';
import { Queues } from '../../twin/sqs/queues.ts';
import { caseNotice, said, time } from '../fakes/case-notices.ts';

const stamp = { version: '1.2.3', runbook: 'docs/runbook.md' };
const place = { accountId: '111122223333', region: 'eu-west-1' };
const first = (...notices: readonly Notice[]) => ({ kind: 'first', notices }) as const;

let topic: Topic;
let endpoint: TwinEndpoint;
beforeEach(() => {
  const simulation = new Simulation(time('03:11'));
  const topics = new Topics({ simulation, ...place, queues: new Queues({ simulation, ...place }) });
  topic = topics.create('notices');
  endpoint = createEndpoint({ services: { SNS: snsService(topics) }, simulation });
});
const channel = (arn = topic.arn) =>
  snsChannel(connect(new SNSClient({ region: 'eu-west-1' }), endpoint, 'deliver-notice'), arn, stamp);

test('publishes subject, text and the need to filter by', async () => {
  await expect(channel().send(first(caseNotice(said.needed)))).resolves.toEqual({
    kind: 'sent',
    handle: undefined,
  });
  expect(topic.publications).toMatchObject([
    {
      subject: 'YOU ARE NEEDED: prod checkout-db-2 disk throttles about 03:27 UTC [EB-7Q2F81KD]',
      messageAttributes: { need: { DataType: 'String', StringValue: 'you-are-needed' } },
    },
  ]);
});

test('a digest lists what is new besides what the message is about', () => {
  const acted = caseNotice(said.acted);
  const averted = caseNotice(said.averted, { version: 2, at: time('03:37') });
  const completed = caseNotice(said.completed, { version: 3, at: time('04:36') });
  const { body } = mailOf(
    { kind: 'digest', all: [acted, averted, completed], fresh: [averted, completed] },
    stamp,
  );
  expect(body).toContain('NEW      04:36 UTC COMPLETED. gp2 -> gp3, 3,000 IOPS, 250 MiB/s took 85');
  expect(body).not.toContain('NEW      03:37 UTC AVERTED');
});

test('a digest about several disks names each', () => {
  const other = caseNotice(said.recovered, { caseId: 'EB-2', version: 2, about: { name: 'db-9' } });
  const { body } = mailOf({ kind: 'digest', all: [caseNotice(said.warned), other], fresh: [other] }, stamp);
  expect(body).toContain('NEW      db-9: 03:11 UTC RECOVERED. Its credits came back, nothing was\n');
});

test('a first mail tells how an earlier case of its disk ended, and nothing where there is none', () => {
  const over = caseNotice(said.recovered, { caseId: 'EB-1' });
  const again = caseNotice(said.needed, { caseId: 'EB-2', about: { volumeId: over.subject.volumeId } });
  const { body } = mailOf(first(over, again), stamp);
  expect(body).toContain('NEW      earlier case EB-1: 03:11 UTC RECOVERED. Its credits came back,\n');
  expect(mailOf(first(again), stamp).body).not.toContain('NEW      ');
});

test('a tag cannot break the lines of a mail', () => {
  const { subject, body } = mailOf(
    first(
      caseNotice(said.warned, {
        about: { name: 'db\nRUNBOOK  https://evil.example', owner: 'a\u202Eb\r\nc' },
      }),
    ),
    stamp,
  );
  expect(subject).not.toMatch(/[\r\n]/);
  expect(body).not.toMatch(/^RUNBOOK {2}https:\/\/evil/m);
  expect(body).toMatch(/^OWNER {4}ab c$/m);
});

test('a body too long for SNS is cut with a mark and still taken', async () => {
  const owner = 'ö'.repeat(200_000);
  const { body } = mailOf(first(caseNotice(said.warned, { about: { owner } })), stamp);
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(255 * 1024);
  expect(body.endsWith('\n[cut here: the message was longer than SNS takes]\n')).toBe(true);
  await expect(channel().send(first(caseNotice(said.warned, { about: { owner } })))).resolves.toMatchObject({
    kind: 'sent',
  });
});

test.each([
  ['InternalErrorException', { httpStatusCode: 500 }, 'soon', 'outage'],
  ['ThrottlingException', { httpStatusCode: 400 }, 'soon', 'rate-limited'],
  ['AccessDenied', { httpStatusCode: 403 }, 'slowly', 'unauthorised'],
  ['InvalidParameterException', { httpStatusCode: 400 }, 'slowly', 'rejected'],
] as const)('%s is told as data: retry %s', async (code, details, retry, reason) => {
  endpoint.fail({ service: 'SNS' }, new ServiceError(code, 'secret words', details));
  await expect(channel().send(first(caseNotice(said.warned)))).resolves.toEqual({
    kind: 'failed',
    retry,
    reason,
    detail: `${code} on sns:Publish`,
    retryAfter: undefined,
  });
});

test('a broken connection is an outage', async () => {
  endpoint.fail({ service: 'SNS' }, new TypeError('fetch failed'));
  await expect(channel().send(first(caseNotice(said.warned)))).resolves.toMatchObject({
    reason: 'outage',
    retry: 'soon',
  });
});
