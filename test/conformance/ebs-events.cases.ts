import { connectedEbsAccount, HOUR, MINUTE } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { same } from './expectations.ts';

const PAGE = 'EBS user guide, ebs-cloud-watch-events';
const GP2 = { volumeType: 'gp2', sizeGiB: 100 } as const;

/** An account whose modifications take half an hour, and what its volumes have told so far. */
function opened() {
  const account = connectedEbsAccount({
    volumes: { modifyingTime: () => 10_000, optimizingTime: () => 30 * MINUTE },
  });
  const told = () =>
    account.events
      .filter((event) => event['detail-type'] === 'EBS Volume Notification')
      .map(({ detail }) => `${detail['event']} ${detail['result']}`);
  return { ...account, told };
}

export const ebsEventCases: readonly EbsCase[] = [
  {
    fact: 'A created volume is told as createVolume available.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, told } = opened();
      volumes.createVolume(GP2);
      same('events', told(), ['createVolume available']);
    },
  },
  {
    fact: 'A deleted volume is told as deleteVolume deleted.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, told } = opened();
      volumes.deleteVolume(volumes.createVolume(GP2).id);
      same('events', told(), ['createVolume available', 'deleteVolume deleted']);
    },
  },
  {
    fact: 'A modification is told as modifyVolume optimizing, but not while it is modifying.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, told, simulation } = opened();
      volumes.modifyByPerson(volumes.createVolume(GP2).id, { volumeType: 'gp3' });
      await simulation.runFor(9_000);
      same('events while modifying', told().slice(1), []);
      await simulation.runFor(MINUTE);
      same('events while optimizing', told().slice(1), ['modifyVolume optimizing']);
    },
  },
  ...(['completed', 'failed'] as const).map(
    (end): EbsCase => ({
      fact: `The end of a modification is told as modifyVolume ${end}.`,
      source: 'third-party samples; not in AWS’s documentation',
      confidence: 'secondary',
      public: false,
      check: async () => {
        const { volumes, told, simulation } = opened();
        const { id } = volumes.createVolume(GP2);
        if (end === 'failed') volumes.modifier.failNext(id, 'Internal error');
        volumes.modifyByPerson(id, { volumeType: 'gp3' });
        await simulation.runFor(HOUR);
        same('events', told().slice(1), ['modifyVolume optimizing', `modifyVolume ${end}`]);
      },
    }),
  ),
  {
    fact: 'Attaching and detaching with success are told by no EBS event.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, told } = opened();
      const { id } = volumes.createVolume(GP2);
      volumes.attach(id, volumes.createInstance().id);
      volumes.detach(id);
      same('events', told(), ['createVolume available']);
    },
  },
  {
    fact: 'The event names the volume by its ARN, and neither its type nor its tags.',
    source: PAGE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, events } = opened();
      const { id } = volumes.createVolume({ ...GP2, tags: { a: '1' } });
      same('source', events[0]?.source, 'aws.ec2');
      same('resources', events[0]?.resources, [`arn:aws:ec2:us-east-1:123456789012:volume/${id}`]);
      const keys = Object.keys(events[0]?.detail ?? {}).sort();
      same('keys of detail', keys, ['cause', 'event', 'request-id', 'result']);
    },
  },
  {
    fact: 'An instance’s new state is told with its id.',
    source: 'EC2 user guide, monitoring-instance-state-changes',
    confidence: 'from memory',
    public: false,
    check: async () => {
      const { volumes, events } = opened();
      const { id } = volumes.createInstance();
      volumes.setInstanceState(id, 'stopped');
      const last = events.at(-1);
      same('detail-type', last?.['detail-type'], 'EC2 Instance State-change Notification');
      same('detail', last?.detail, { 'instance-id': id, state: 'stopped' });
    },
  },
];
