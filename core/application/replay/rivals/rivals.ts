import { clairvoyant } from './clairvoyant.ts';
import { dailyBatch } from './daily-batch.ts';
import { iopsSteps } from './iops-steps.ts';
import type { Rival } from './rival.ts';
import { thresholdAlarm } from './threshold-alarm.ts';

const doNothing: Rival = {
  name: 'do nothing',
  does: 'says nothing and moves nothing: the record as it was',
  source: 'none, the bound on the other side',
  live: () => [],
};

/** What others do, from nothing to what nobody can. */
export const rivals: readonly Rival[] = [
  doNothing,
  thresholdAlarm(75, ['gp2'], {
    does: 'tells people when five minutes of a gp2 volume are below 75 %',
    source:
      'https://github.com/StratusGrid/terraform-aws-lambda-event-handler-ebs-burstbalance (function_code/main.py, inputs.tf)',
  }),
  thresholdAlarm(20, ['gp2', 'st1', 'sc1'], {
    does: 'tells people when five minutes are below 20 %',
    source:
      'the threshold most templates have, e.g. https://github.com/openshift/managed-cluster-config/pull/407 (there held for an hour first)',
  }),
  iopsSteps,
  dailyBatch,
  clairvoyant,
];
