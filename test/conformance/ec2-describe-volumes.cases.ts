import { DescribeVolumesCommand, type DescribeVolumesCommandInput, type Filter } from '@aws-sdk/client-ec2';
import { connectedEbsAccount, MINUTE } from '../twin/connected-ebs-account.ts';
import type { Confidence } from './case.ts';
import type { ConformanceEbsAccount, EbsCase, VolumeToCreate } from './ebs-account.ts';
import { holds, refused, same } from './expectations.ts';

const API = 'EC2 API reference, DescribeVolumes';
const PAGINATION = 'EC2 developer guide, ec2-api-pagination';
const GP2 = { volumeType: 'gp2', sizeGiB: 100 } as const;
const UNKNOWN = 'vol-0123456789abcdef0';

const describe = ({ ec2 }: Pick<ConformanceEbsAccount, 'ec2'>, input: DescribeVolumesCommandInput) =>
  ec2.send(new DescribeVolumesCommand(input));

const idsOf = async (account: Pick<ConformanceEbsAccount, 'ec2'>, ...Filters: Filter[]) =>
  ((await describe(account, { Filters })).Volumes ?? []).map(({ VolumeId }) => VolumeId);

/** Volumes that only this case knows, and the filter that finds them all. */
async function fleet(account: ConformanceEbsAccount, volumes: readonly VolumeToCreate[]) {
  const ids: string[] = [];
  for (const volume of volumes) {
    ids.push(await account.createVolume({ ...volume, tags: { ...volume.tags, mark: account.mark } }));
  }
  return { ids, own: { Name: 'tag:mark', Values: [account.mark] } };
}

interface Shape {
  readonly fact: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** With what each volume's description must have; undefined: must not have. */
  readonly volumes: readonly (readonly [VolumeToCreate, Readonly<Record<string, unknown>>])[];
}

const gp2Iops = ([sizeGiB, Iops]: readonly [number, number]) =>
  [{ volumeType: 'gp2', sizeGiB }, { Iops }] as const;

const SHAPES: readonly Shape[] = [
  {
    fact: 'gp2’s Iops are its baseline: 3 per GiB, at least 100, at most 16,000, which 5,334 GiB reach.',
    source: 'EBS user guide, general-purpose',
    confidence: 'verified',
    volumes: (
      [
        [1, 100],
        [33, 100],
        [34, 102],
        [100, 300],
        [334, 1_002],
        [1_000, 3_000],
        [5_333, 15_999],
        [5_334, 16_000],
        [16_384, 16_000],
      ] as const
    ).map(gp2Iops),
  },
  {
    fact: 'Throughput is told for gp3 only.',
    source: 'EC2 API reference, Volume',
    confidence: 'verified',
    volumes: [
      [
        { volumeType: 'gp3', sizeGiB: 100, iops: 4_000, throughput: 250 },
        { Throughput: 250, Iops: 4_000 },
      ],
      [GP2, { Throughput: undefined }],
      [
        { volumeType: 'io1', sizeGiB: 100, iops: 1_000 },
        { Throughput: undefined, Iops: 1_000 },
      ],
    ],
  },
  {
    fact: 'No Iops are told for st1, sc1 and standard.',
    source: 'EC2 API reference, Volume',
    confidence: 'from memory',
    volumes: [
      [{ volumeType: 'st1', sizeGiB: 125 }, { Iops: undefined }],
      [{ volumeType: 'sc1', sizeGiB: 125 }, { Iops: undefined }],
      [{ volumeType: 'standard', sizeGiB: 10 }, { Iops: undefined }],
    ],
  },
];

const shapeCase = ({ volumes, ...fact }: Shape): EbsCase => ({
  ...fact,
  public: true,
  check: async (account) => {
    for (const [volume, expected] of volumes) {
      const id = await account.createVolume(volume);
      const { Volumes = [] } = await describe(account, { VolumeIds: [id] });
      const told: Readonly<Record<string, unknown>> = { ...Volumes[0] };
      for (const [name, value] of Object.entries(expected)) {
        same(`${name} of ${volume.volumeType} with ${volume.sizeGiB} GiB`, told[name], value);
      }
    }
  },
});

interface FilterFact {
  readonly name: string;
  readonly value: string;
  /** Places of the volumes below that it finds. */
  readonly finds: readonly number[];
}

const FILTERED: readonly VolumeToCreate[] = [
  { volumeType: 'gp2', sizeGiB: 10, tags: { mode: 'act' } },
  { volumeType: 'st1', sizeGiB: 125, tags: { mode: 'Act' } },
  { volumeType: 'io2', sizeGiB: 11, iops: 100, multiAttach: true, tags: { other: 'act' } },
];

const FILTERS: readonly FilterFact[] = [
  { name: 'volume-type', value: 'gp2', finds: [0] },
  { name: 'size', value: '11', finds: [2] },
  { name: 'status', value: 'available', finds: [0, 1, 2] },
  { name: 'status', value: 'in-use', finds: [] },
  { name: 'tag:mode', value: 'act', finds: [0] },
  { name: 'tag:mode', value: '?ct', finds: [0, 1] },
  { name: 'tag:mode', value: 'a*', finds: [0] },
  { name: 'tag-key', value: 'mode', finds: [0, 1] },
  { name: 'operator.managed', value: 'false', finds: [0, 1, 2] },
  { name: 'multi-attach-enabled', value: 'true', finds: [2] },
];

const filterCase = ({ name, value, finds }: FilterFact): EbsCase => ({
  fact: `The filter ${name}=${value} finds what it says, and nothing else.`,
  source: `${API}, Filters`,
  confidence: 'verified',
  public: true,
  check: async (account) => {
    const { ids, own } = await fleet(account, FILTERED);
    const found = await idsOf(account, own, { Name: name, Values: [value] });
    same('places found', found.map((id) => ids.indexOf(id ?? '')).sort(), finds);
  },
});

interface Refusal {
  readonly fact: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly input: (id: string) => DescribeVolumesCommandInput;
  readonly codes: readonly string[];
}

const REFUSALS: readonly Refusal[] = [
  {
    fact: 'A page of fewer than 5 is refused.',
    source: PAGINATION,
    confidence: 'from memory',
    input: () => ({ MaxResults: 4 }),
    codes: ['InvalidParameterValue'],
  },
  {
    fact: 'A page of more than 1,000 is refused; an older reference said that only 1,000 are returned.',
    source: PAGINATION,
    confidence: 'open',
    input: () => ({ MaxResults: 1_001 }),
    codes: ['InvalidParameterValue'],
  },
  {
    fact: 'Ids and MaxResults exclude each other.',
    source: `${PAGINATION}; stackd`,
    confidence: 'from memory',
    input: (id) => ({ VolumeIds: [id], MaxResults: 5 }),
    codes: ['InvalidParameterCombination'],
  },
  {
    fact: 'More than 1,000 ids are refused.',
    source: PAGINATION,
    confidence: 'verified',
    input: (id) => ({ VolumeIds: Array.from({ length: 1_001 }, () => id) }),
    codes: ['InvalidParameterValue', 'InvalidRequest'],
  },
  {
    fact: 'One unknown id fails the whole call with InvalidVolume.NotFound.',
    source: 'EC2 API reference, errors-overview',
    confidence: 'from memory',
    input: (id) => ({ VolumeIds: [id, UNKNOWN] }),
    codes: ['InvalidVolume.NotFound'],
  },
  {
    fact: 'More than 200 filter values are refused with FilterLimitExceeded.',
    source: 'Cloud Custodian, c7n/resources/ebs; EC2 API reference, errors-overview',
    confidence: 'secondary',
    input: () => ({ Filters: [{ Name: 'volume-id', Values: Array.from({ length: 201 }, () => UNKNOWN) }] }),
    codes: ['FilterLimitExceeded'],
  },
  {
    fact: 'An unknown filter is refused with InvalidParameterValue.',
    source: 'EC2 API reference, errors-overview',
    confidence: 'from memory',
    input: () => ({ Filters: [{ Name: 'colour', Values: ['red'] }] }),
    codes: ['InvalidParameterValue'],
  },
  {
    fact: 'A token that no call returned is refused.',
    source: PAGINATION,
    confidence: 'from memory',
    input: () => ({ MaxResults: 5, NextToken: 'made up' }),
    codes: ['InvalidParameterValue', 'InvalidNextToken'],
  },
];

const refusalCase = ({ input, codes, ...fact }: Refusal): EbsCase => ({
  ...fact,
  public: true,
  check: async (account) => {
    const id = await account.createVolume(GP2);
    await refused(describe(account, input(id)), ...codes);
  },
});

const READS: readonly EbsCase[] = [
  {
    fact: 'MaxResults splits the answer into pages, joined by NextToken, which the last one lacks.',
    source: PAGINATION,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { ids, own } = await fleet(
        account,
        Array.from({ length: 7 }, () => GP2),
      );
      const first = await describe(account, { Filters: [own], MaxResults: 5 });
      same('size of the first page', first.Volumes?.length, 5);
      holds('the first page has a NextToken', first.NextToken !== undefined);
      const last = await describe(account, { Filters: [own], MaxResults: 5, NextToken: first.NextToken });
      same('NextToken of the last page', last.NextToken, undefined);
      const seen = [...(first.Volumes ?? []), ...(last.Volumes ?? [])].map(({ VolumeId = '' }) => VolumeId);
      same('volumes seen', seen.sort(), ids.sort());
    },
  },
  {
    fact: 'An empty list of ids reads like none: everything is described.',
    source: PAGINATION,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { ids } = await fleet(account, [GP2, GP2]);
      const { Volumes = [] } = await describe(account, { VolumeIds: [] });
      const seen = new Set(Volumes.map(({ VolumeId }) => VolumeId));
      holds(
        'both volumes are described',
        ids.every((id) => seen.has(id)),
      );
    },
  },
  {
    fact: 'A deleted volume fails a call by id and is just missing from one by filter.',
    source: 'EC2 API reference, errors-overview',
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { ids } = await fleet(account, [GP2, GP2]);
      const [gone = '', stays = ''] = ids;
      await account.deleteVolume(gone);
      same('found by filter', await idsOf(account, { Name: 'volume-id', Values: ids }), [stays]);
      await refused(describe(account, { VolumeIds: ids }), 'InvalidVolume.NotFound');
    },
  },
  {
    fact: 'Values of one filter are joined by “or”, filters by “and”.',
    source: 'EC2 user guide, Filtering resources',
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { ids, own } = await fleet(account, FILTERED);
      const types = { Name: 'volume-type', Values: ['gp2', 'st1'] };
      const found = await idsOf(account, own, types, { Name: 'size', Values: ['125'] });
      same(
        'places found',
        found.map((id) => ids.indexOf(id ?? '')),
        [1],
      );
    },
  },
  {
    fact: 'attachment.status and attachment.instance-id find attached volumes, which are in-use.',
    source: `${API}, Filters`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = connectedEbsAccount();
      const [attached] = [account.volumes.createVolume(GP2), account.volumes.createVolume(GP2)];
      account.volumes.attach(attached.id, account.volumes.createInstance({ id: 'i-1' }).id);
      for (const [Name, value] of [
        ['attachment.status', 'attached'],
        ['attachment.instance-id', 'i-1'],
        ['status', 'in-use'],
      ] as const) {
        same(`found by ${Name}`, await idsOf(account, { Name, Values: [value] }), [attached.id]);
      }
    },
  },
  {
    fact: 'A managed volume is found by operator.managed=true.',
    source: 'EBS user guide, ebs-volumes',
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = connectedEbsAccount();
      account.volumes.createVolume(GP2);
      const managed = account.volumes.createVolume({ ...GP2, operator: 'eks.amazonaws.com' });
      same('found', await idsOf(account, { Name: 'operator.managed', Values: ['true'] }), [managed.id]);
    },
  },
  ...[0, 5_000, MINUTE].map(
    (describeLag): EbsCase => ({
      fact: `Reads are eventually consistent; how far they lag is a setting: ${describeLag / 1_000} s.`,
      source: 'EC2 developer guide, eventual consistency',
      confidence: 'from memory',
      public: false,
      check: async () => {
        const account = connectedEbsAccount({ volumes: { describeLag } });
        const { id } = account.volumes.createVolume(GP2);
        const found = () => idsOf(account, { Name: 'volume-id', Values: [id] });
        if (describeLag > 0) same('found before the lag is over', await found(), []);
        await account.simulation.runFor(describeLag);
        same('found after the lag', await found(), [id]);
        account.volumes.deleteVolume(id);
        if (describeLag > 0) same('found just after deletion', await found(), [id]);
        await account.simulation.runFor(describeLag);
        same('found long after deletion', await found(), []);
      },
    }),
  ),
];

export const describeVolumesCases: readonly EbsCase[] = [
  ...SHAPES.map(shapeCase),
  ...FILTERS.map(filterCase),
  ...REFUSALS.map(refusalCase),
  ...READS,
];
