import { describe, expect, test } from 'vitest';
import type { AuthorisationRequest } from '../../twin/authorisation.ts';
import { mails, modifyCalls, unfolded } from './account-history.ts';
import { drainWith, prompt, until } from './refused-drains.ts';

const without = (action: string) => ({
  metrics: prompt,
  authorise: (asked: AuthorisationRequest) => asked.action !== action,
});

const accepted = (calls: ReturnType<typeof modifyCalls>) => calls.filter(({ error }) => error === undefined);

describe('respond without the permission', () => {
  test.each([
    'ec2:DescribeVolumesModifications',
    'ec2:DescribeVolumeStatus',
    'ec2:CreateTags',
    'ec2:ModifyVolume',
    'cloudwatch:GetMetricData',
    'servicequotas:ListServiceQuotas',
  ])(
    '%s moves nothing, names it in a mail, and asks AWS no oftener than every quarter of an hour',
    async (action) => {
      const drain = await drainWith({ options: without(action) });
      await until(drain, 75);
      expect(accepted(modifyCalls(drain))).toEqual([]);
      expect(modifyCalls(drain).length).toBeLessThanOrEqual(3);
      expect(
        mails(drain)
          .map(({ message }) => unfolded(message))
          .join('\n'),
      ).toContain(action);
      expect(mails(drain).length).toBeLessThanOrEqual(4);
    },
  );

  test('to anything it never asks for moves the volume', async () => {
    const drain = await drainWith({ options: without('ec2:DeleteVolume') });
    await until(drain, 75);
    expect(accepted(modifyCalls(drain))).toHaveLength(1);
  });
});
