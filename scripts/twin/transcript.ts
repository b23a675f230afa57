/** What a stranger types, in order; each line sees what the ones before it did. */
export const TRANSCRIPT: readonly string[] = [
  `aws ec2 create-volume --volume-type gp2 --size 100 --availability-zone us-east-1a --output text --query VolumeId`,
  `aws ec2 modify-volume --volume-id vol-00000000000000001 --size 50`,
  `aws ec2 modify-volume --volume-id vol-00000000000000001 --volume-type gp3 --iops 100000`,
  `aws ec2 modify-volume --volume-id vol-00000000000000001 --volume-type gp3 --dry-run`,
  `aws ec2 modify-volume --volume-id vol-00000000000000001 --volume-type gp3 --output text --query VolumeModification.ModificationState`,
  `aws ec2 modify-volume --volume-id vol-00000000000000001 --volume-type gp2`,
  `curl -s $AWS_ENDPOINT_URL/_twin/time -d '{"advanceSeconds": 3600}'`,
  `aws ec2 describe-volumes-modifications --output text --query 'VolumesModifications[].[ModificationState, Progress]'`,
  `aws ec2 describe-volumes --volume-ids vol-0ffffffffffffffff`,
  `curl -s $AWS_ENDPOINT_URL/_twin/faults -d '{"operation": "DescribeAlarms", "error": {"code": "ThrottlingException", "message": "Rate exceeded"}}'`,
  `AWS_MAX_ATTEMPTS=1 aws cloudwatch describe-alarms`,
  `python3 -c '
import boto3
boto3.client("cloudwatch").put_metric_alarm(
    AlarmName="wall", Namespace="AWS/EBS", MetricName="BurstBalance", Statistic="Average", Period=300,
    Dimensions=[{"Name": "VolumeId", "Value": "vol-00000000000000001"}],
    EvaluationPeriods=1, Threshold=20, ComparisonOperator="LessThanThreshold")
try:
    boto3.client("ec2").modify_volume(VolumeId="vol-00000000000000001", Iops=60000)
except Exception as error:
    print(type(error).__name__, error)
'`,
  `aws cloudwatch describe-alarms --output text --query 'MetricAlarms[].[AlarmName, StateValue]'`,
];
