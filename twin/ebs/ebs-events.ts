import type { EventContent, Place } from '../aws-event.ts';
import type { InstanceState } from './simulated-instance.ts';

/** Results that AWS documents or that were seen; a successful attach and `modifying` send nothing (ebs-cloud-watch-events). */
export type VolumeHappening =
  | { readonly event: 'createVolume'; readonly result: 'available' }
  | { readonly event: 'deleteVolume'; readonly result: 'deleted' }
  | { readonly event: 'modifyVolume'; readonly result: 'optimizing' | 'completed' | 'failed' };

export const volumeEvent = (
  { account, region }: Place,
  volumeId: string,
  happening: VolumeHappening,
  requestId: string,
): EventContent => ({
  detailType: 'EBS Volume Notification',
  source: 'aws.ec2',
  resources: [`arn:aws:ec2:${region}:${account}:volume/${volumeId}`],
  detail: { result: happening.result, cause: '', event: happening.event, 'request-id': requestId },
});

export const instanceEvent = (
  { account, region }: Place,
  instanceId: string,
  state: InstanceState,
): EventContent => ({
  detailType: 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  resources: [`arn:aws:ec2:${region}:${account}:instance/${instanceId}`],
  detail: { 'instance-id': instanceId, state },
});
