import { describe, expect, test } from 'vitest';
import type { QuotaUse } from '../../../core/domain/deciding/situation.ts';
import { checkAlarms, checkQuotas, checkTags } from '../../../core/domain/doctoring/check-volumes.ts';
import { seen } from '../../../core/domain/doctoring/fact.ts';
import type { DeploymentFacts } from '../../../core/domain/doctoring/facts.ts';
import type { Policy } from '../../../core/domain/policy.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { before, seconds } from '../../../core/domain/units.ts';
import type { Volume } from '../../../core/domain/volume.ts';
import { consent, roomyQuotas } from '../some-situation.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';
import { absent, alarmsOf, denied, fleet, linesOf, someDeployment } from './some-deployment.ts';

const underPolicy = (rest: Partial<Policy>): Pick<DeploymentFacts, 'policy'> => ({
  policy: read(somePolicy(rest), noon),
});

const many = (count: number, rest: Parameters<typeof someVolume>[0] = {}): readonly Volume[] =>
  Array.from({ length: count }, (_nothing, index) => someVolume({ id: `vol-${index + 1}`, ...rest }));

describe('alarms', () => {
  const lines = (rest: Partial<DeploymentFacts> = {}) => linesOf(checkAlarms(someDeployment(rest)));

  test('that are in step with the volumes are well, with word of those to delete', () => {
    expect(lines()).toBe('\nok: 2 alarms in step with 2 volumes');
    expect(lines({ volumes: seen(fleet.slice(0, 1)) })).toBe(
      '\nok: 1 alarm in step with 1 volume; 1 alarm more than needed, for the next census to delete',
    );
  });

  test('that volumes lack are a finding', () => {
    expect(lines({ alarms: seen([]) })).toMatchInlineSnapshot(`
      "
      finding alarms: 2 volumes without an alarm, or with an outdated one: vol-1, vol-2
      expected: one on every volume that can run out
      do: the next census writes them, within 15 min; if it does not, the log of keep-alarms says why"
    `);
    expect(lines({ alarms: absent })).toBe(lines({ alarms: seen([]) }));
  });

  test('that volumes lack in the first backfill are waited for: two a second, and a minute more', () => {
    const running = {
      alarms: seen([]),
      census: seen(read({ at: noon, backfill: 'running' as const }, noon)),
    };
    expect(lines({ ...running, volumes: seen(many(120)) })).toMatchInlineSnapshot(`
      "
      finding alarms: 120 volumes without an alarm, or with an outdated one: vol-1, vol-10, vol-100 and 117 more
      expected: one on every volume that can run out
      do: the first alarms are still being written, two a second: ask again in 2 min"
    `);
    expect(lines({ ...running, volumes: seen(many(121)) })).toContain('ask again in 3 min');
    const unreadCensus = { ...running, census: seen(unread('of another version')) };
    expect(lines(unreadCensus)).toContain('the next census writes them');
    expect(lines({ ...running, census: absent })).toContain('the next census writes them');
  });

  test.each([
    { what: 'was made', of: (since: Volume['createdAt']) => ({ createdAt: since }) },
    {
      what: 'was attached',
      of: (since: Volume['createdAt']) => ({
        attachment: { kind: 'attached', instanceIds: ['i-0'], since } as const,
      }),
    },
  ])('that a volume lacks which $what within 20 minutes are not missed yet', ({ of }) => {
    const since = (age: number) => ({
      alarms: seen([]),
      volumes: seen([someVolume(of(before(noon, seconds(age))))]),
    });
    expect(lines(since(20 * 60 - 1))).toMatch(/^\nok: 0 alarms in step with 1 volume$/);
    expect(lines(since(20 * 60))).toContain('1 volume without an alarm');
  });

  test('under our names that others made are a finding', () => {
    const [first, ...others] = alarmsOf(fleet);
    if (first === undefined) throw new Error('expected an alarm');
    expect(lines({ alarms: seen([{ ...first, description: 'by hand' }, ...others]) })).toMatchInlineSnapshot(`
      "
      finding alarms: 1 alarm under our names that this deployment did not make: ebs-burst/vol-1
      expected: none: the volume behind such a name is not watched, as we never touch what is not ours
      do: of a deployment that is there, uninstall one of the two; of one that is gone, uninstall --plan names those to delete; any other delete or make again under another name. The next census writes ours"
    `);
  });

  test('beyond maxAlarms are a finding', () => {
    const maxAlarms = 1;
    const watched = alarmsOf(fleet, somePolicy({ maxAlarms }));
    expect(lines({ alarms: seen(watched), ...underPolicy({ maxAlarms }) })).toMatchInlineSnapshot(`
      "
      finding alarms: 1 volume over maxAlarms (1), not watched: vol-2
      expected: room for every volume that can run out
      do: raise maxAlarms and deploy; each alarm costs about $0.10 a month"
    `);
  });

  test('that cannot be seen, or whose volumes or policy are not known, are unknown', () => {
    expect(lines({ alarms: denied('cloudwatch:DescribeAlarms') })).toMatchInlineSnapshot(`
      "
      unknown alarms: not authorized to perform cloudwatch:DescribeAlarms
      needs: cloudwatch:DescribeAlarms"
    `);
    expect(lines({ volumes: absent })).toMatchInlineSnapshot(`
      "
      unknown alarms: AWS says that there is no such thing
      needs: nothing"
    `);
    expect(lines({ volumes: denied('ec2:DescribeVolumes') })).toMatchInlineSnapshot(`
      "
      unknown alarms: not authorized to perform ec2:DescribeVolumes
      needs: ec2:DescribeVolumes"
    `);
    expect(lines({ policy: unread('no output') })).toMatchInlineSnapshot(`
      "
      unknown alarms: the policy is not known; see configuration
      needs: nothing"
    `);
  });

  test('of volumes without a burst bucket are none to miss', () => {
    const volumes = seen([someVolume({ configuration: { type: 'standard' } })]);
    expect(lines({ volumes, alarms: seen([]) })).toBe('\nok: 0 alarms in step with 1 volume');
  });
});

describe('tags', () => {
  const lines = (rest: Partial<DeploymentFacts> = {}) => linesOf(checkTags(someDeployment(rest)));

  test('that consent, in a deployment that acts, are well', () => {
    expect(lines()).toBe('\nok: 1 volume may be moved, by ebs-burst:mode');
    const other = { act: { tagKey: 'team', values: ['yes', ''] } };
    expect(lines({ ...underPolicy(other), volumes: seen(many(2, { tags: { team: 'yes' } })) })).toBe(
      '\nok: 2 volumes may be moved, by team',
    );
  });

  test('that consent where nothing acts are a finding, and none are well', () => {
    expect(lines(underPolicy({ mode: 'notify' }))).toMatchInlineSnapshot(`
      "
      finding tags: 1 volume consent by ebs-burst:mode: vol-1
      expected: none while the stack is in mode notify, in which nothing is moved
      do: deploy with mode act if they are to be moved, or take the tag off"
    `);
    expect(lines({ ...underPolicy({ mode: 'notify' }), volumes: seen(many(2)) })).toBe(
      '\nok: no volume expects more than mode notify',
    );
  });

  test('that say what we do not understand are findings', () => {
    const volumes = seen([someVolume({ id: 'vol-1', tags: { 'ebs-burst:mode': 'yes' } })]);
    expect(lines({ volumes })).toMatchInlineSnapshot(`
      "
      finding tag ebs-burst:mode of vol-1: "yes"
      expected: off, notify or act
      do: correct the tag; until then the volume is only told about, never moved"
    `);
  });

  test('of volumes that are not known are unknown', () => {
    expect(lines({ volumes: absent })).toMatchInlineSnapshot(`
      "
      unknown tags: AWS says that there is no such thing
      needs: nothing"
    `);
    expect(lines({ policy: unread('no output') })).toMatchInlineSnapshot(`
      "
      unknown tags: the policy is not known; see configuration
      needs: nothing"
    `);
  });
});

describe('quotas', () => {
  const lines = (rest: Partial<DeploymentFacts> = {}) => linesOf(checkQuotas(someDeployment(rest)));

  /** All but one use as roomy as ever; of gp3 this much of its storage is used. */
  const holding = (used: number): Pick<DeploymentFacts, 'quotas'> => {
    const { provisioned } = roomyQuotas;
    const { gp3, ...others } = provisioned;
    const full: QuotaUse = { ...gp3, storageGibibytes: { ...gp3.storageGibibytes, used, limit: 1_000 } };
    return { quotas: seen({ ...roomyQuotas, provisioned: { gp3: full, ...others } }) };
  };

  const changing = (limit: number): Pick<DeploymentFacts, 'quotas'> => {
    const { modifications } = roomyQuotas;
    const { storageGibibytes, iops } = modifications.gp2;
    const gp2 = { storageGibibytes: { ...storageGibibytes, limit }, iops };
    return { quotas: seen({ ...roomyQuotas, modifications: { ...modifications, gp2 } }) };
  };

  test('with room are well', () => {
    expect(lines()).toMatchInlineSnapshot(`
      "
      ok: room in this Region for gp3, io1 and io2, and for all upgrades that may begin in an hour"
    `);
  });

  test('of which 90 % are used are findings, and those of which less is used are well', () => {
    expect(lines(holding(900))).toMatchInlineSnapshot(`
      "
      finding quota "Storage for gp3 volumes": 900 GiB of 1,000 GiB used
      expected: under 90 %: a move that does not fit is refused
      do: ask for more in the Service Quotas console of us-east-1, Amazon Elastic Block Store"
    `);
    expect(lines(holding(899))).toBe(lines());
  });

  test('that the largest move exceeds are findings, beside those that are full', () => {
    expect(lines(changing(99))).toMatchInlineSnapshot(`
      "
      finding quota "Storage modifications for gp2 volumes": 99 GiB at once; the largest move takes 100 GiB
      expected: room for as many moves as the blast radius lets begin in an hour: one too many is refused
      do: ask for more in the Service Quotas console of us-east-1, Amazon Elastic Block Store"
    `);
    expect(lines(changing(100))).toBe(lines());
  });

  test('that only several moves together exceed are mended by a lower blast radius as well', () => {
    const blastRadius = { volumes: 2, percentOfWatched: 100 };
    const caps = { ...somePolicy().caps, blastRadius };
    const volumes = seen(many(2, { tags: consent }));
    const facts = { ...changing(150), ...underPolicy({ caps }), volumes };
    expect(lines(facts)).toMatchInlineSnapshot(`
      "
      finding quota "Storage modifications for gp2 volumes": 150 GiB at once; the 2 largest moves of an hour take 200 GiB
      expected: room for as many moves as the blast radius lets begin in an hour: one too many is refused
      do: ask for more in the Service Quotas console of us-east-1, Amazon Elastic Block Store, or lower blastRadius"
    `);
    expect(lines({ ...facts, ...changing(200) })).toBe(lines());
  });

  test('of moves whose IOPS hang on demand are well, and say so', () => {
    expect(lines(underPolicy({ target: 'io2' }))).toBe(
      `${lines()}; IOPS that are sized by demand are not counted`,
    );
  });

  test('that cannot be seen, or whose volumes are not known, are unknown', () => {
    expect(lines({ quotas: absent })).toMatchInlineSnapshot(`
      "
      unknown quotas: AWS says that there is no such thing
      needs: nothing"
    `);
    expect(lines({ quotas: denied('servicequotas:ListServiceQuotas') })).toMatchInlineSnapshot(`
      "
      unknown quotas: not authorized to perform servicequotas:ListServiceQuotas
      needs: servicequotas:ListServiceQuotas"
    `);
    expect(lines({ volumes: denied('ec2:DescribeVolumes') })).toMatchInlineSnapshot(`
      "
      unknown quotas on modifications: not authorized to perform ec2:DescribeVolumes
      needs: ec2:DescribeVolumes"
    `);
  });

  test('that are full are findings also where the volumes are not known', () => {
    const answers = checkQuotas(someDeployment({ ...holding(950), volumes: absent }));
    expect(answers.map(({ kind }) => kind)).toEqual(['finding', 'unknown']);
  });
});
