import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** Those that are on in the account, sorted. @throws what the SDK throws */
export async function enabledRegions(ec2: EC2Client): Promise<readonly string[]> {
  const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}));
  return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted();
}
