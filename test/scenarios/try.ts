import { steppedDemand } from '../../twin/ebs/open-loop-workload.ts';
import { acting, hour, minute, responderAccount, startsAt } from './responder-account.ts';

process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
const size = Number(process.argv[2] ?? 100);
let id = '';
const t0 = Date.now();
const { account, slackChannelId, deployed } = await responderAccount(
  { ...acting, ...JSON.parse(process.argv[3] ?? '{}') },
  (account) => {
    const { volumes } = account.ebs;
    const v = volumes.createVolume({
      volumeType: 'gp2',
      sizeGiB: size,
      tags: { Name: 'db', 'ebs-burst:mode': 'act' },
    });
    id = v.id;
    volumes.attach(v.id, volumes.createInstance().id);
    volumes.setWorkload(
      v.id,
      steppedDemand([
        { from: startsAt + 30 * minute, iops: 2000, ioBytes: 16384 },
        { from: startsAt + 3 * hour, iops: 10, ioBytes: 16384 },
      ]),
    );
  },
);
console.log('deployed', Date.now() - t0);
await account.simulation.runUntil(startsAt + Number(process.argv[4] ?? 6) * hour);
console.log('ran', Date.now() - t0);
const iso = (t: number) => new Date(t).toISOString().slice(11, 19);
for (const c of account.endpoint.calls)
  if (
    ['ModifyVolume', 'PutMetricAlarm', 'Publish', 'CreateTags', 'DeleteTags'].includes(c.operation) ||
    c.error
  )
    console.log(iso(c.at), c.operation, c.error ?? '', JSON.stringify(c.input).slice(0, 200));
for (const i of account.functions.log)
  if (i.outcome.kind !== 'succeeded')
    console.log(iso(i.at), i.functionName, JSON.stringify(i.outcome).slice(0, 400));
const counts: Record<string, number> = {};
for (const i of account.functions.log) counts[i.functionName] = (counts[i.functionName] ?? 0) + 1;
console.log(counts);
for (const m of account.slackWorkspace.messages(slackChannelId))
  console.log('---', iso(m.postedAt), m.threadTs ? 'reply' : '', '\n', m.text, m.earlier.length);
for (const p of account.topics.get(deployed.stack.outputs['NoticeTopicArn']).publications)
  console.log('=== SNS', iso(p.at), p.subject, '\n', p.message);
console.log(JSON.stringify(account.ebs.volumes.volume(id).configuration ?? {}));
