import { CreateTagsCommand, DeleteTagsCommand, DescribeVolumesCommand, type Tag } from '@aws-sdk/client-ec2';
import type { ConformanceEbsAccount, EbsCase } from './ebs-account.ts';
import { refused, refusedAsInvalid, same } from './expectations.ts';

const TAG = 'EC2 API reference, Tag';
const GUIDE = 'EC2 user guide, Tag restrictions';
const DELETE = 'EC2 API reference, DeleteTags';
const GP2 = { volumeType: 'gp2', sizeGiB: 10 } as const;

const create = ({ ec2 }: ConformanceEbsAccount, id: string, ...Tags: Tag[]) =>
  ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));

const remove = ({ ec2 }: ConformanceEbsAccount, id: string, ...Tags: Tag[]) =>
  ec2.send(new DeleteTagsCommand({ Resources: [id], Tags }));

async function tagsOf({ ec2 }: ConformanceEbsAccount, id: string): Promise<Record<string, string>> {
  const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }));
  return Object.fromEntries((Volumes[0]?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

export const tagCases: readonly EbsCase[] = [
  {
    fact: 'A tag is written, replaced and read back; keys differ by case.',
    source: TAG,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(GP2);
      await create(account, id, { Key: 'ebs-burst:state', Value: 'first' }, { Key: 'a', Value: 'small' });
      await create(account, id, { Key: 'ebs-burst:state', Value: 'second' }, { Key: 'A', Value: 'large' });
      same('tags', await tagsOf(account, id), { 'ebs-burst:state': 'second', a: 'small', A: 'large' });
    },
  },
  {
    fact: 'A value has at most 256 characters.',
    source: TAG,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(GP2);
      await create(account, id, { Key: 'long', Value: 'x'.repeat(256) });
      await refusedAsInvalid('257 characters', create(account, id, { Key: 'long', Value: 'x'.repeat(257) }));
    },
  },
  {
    fact: 'A key has at most 127 characters, 128 in another page; 129 are refused.',
    source: `${TAG}; ${GUIDE}`,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(GP2);
      await create(account, id, { Key: 'k'.repeat(127), Value: '' });
      await refusedAsInvalid('129 characters', create(account, id, { Key: 'k'.repeat(129), Value: '' }));
    },
  },
  {
    fact: 'A key may not begin with aws:.',
    source: TAG,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(GP2);
      await refusedAsInvalid('aws:mine', create(account, id, { Key: 'aws:mine', Value: 'x' }));
    },
  },
  {
    fact: 'A volume has at most 50 tags; one more is refused with TagLimitExceeded.',
    source: GUIDE,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(GP2);
      await create(
        account,
        id,
        ...Array.from({ length: 50 }, (_, place) => ({ Key: `k${place}`, Value: '' })),
      );
      await refused(create(account, id, { Key: 'one-more', Value: '' }), 'TagLimitExceeded');
      await create(account, id, { Key: 'k0', Value: 'replaced' });
    },
  },
  {
    fact: 'Deleting a tag with a value removes it only where it has that value.',
    source: DELETE,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const id = await account.createVolume({ ...GP2, tags: { a: '1', b: '1' } });
      await remove(account, id, { Key: 'a', Value: '2' }, { Key: 'b', Value: '1' });
      same('tags', await tagsOf(account, id), { a: '1' });
    },
  },
  {
    fact: 'Deleting a tag without a value removes it whatever it has, and a tag that is not there is no error.',
    source: DELETE,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const id = await account.createVolume({ ...GP2, tags: { a: '1', b: '1' } });
      await remove(account, id, { Key: 'a' }, { Key: 'never' });
      same('tags', await tagsOf(account, id), { b: '1' });
    },
  },
  {
    fact: 'Tags of an unknown volume are refused with InvalidVolume.NotFound.',
    source: 'EC2 API reference, errors-overview',
    confidence: 'from memory',
    public: true,
    check: async (account) =>
      refused(create(account, 'vol-0123456789abcdef0', { Key: 'a', Value: '1' }), 'InvalidVolume.NotFound'),
  },
];
