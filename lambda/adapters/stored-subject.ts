import * as v from 'valibot';
import type { Subject } from '../../core/domain/notices/subject.ts';
import { anyConfiguration, maybe, size, volumeId } from './stored-values.ts';

export const subject: v.GenericSchema<unknown, Subject> = v.object({
  volumeId,
  name: v.string(),
  size,
  configuration: anyConfiguration,
  device: maybe(v.string()),
  instanceIds: v.array(v.string()),
  zone: v.string(),
  account: v.string(),
  region: v.string(),
  owner: maybe(v.string()),
  environment: maybe(v.string()),
  stack: maybe(v.string()),
});
