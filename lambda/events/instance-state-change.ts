import * as v from 'valibot';
import type { Ignored, InstanceStarted } from './domain-event.ts';
import { explain } from './explain.ts';

const event = v.object({
  detail: v.object({
    'instance-id': v.pipe(v.string(), v.regex(/^i-[0-9a-f]{8,17}$/, 'expected an instance id')),
    state: v.string(),
  }),
});

/** Attaching a volume emits no event, so an instance that runs is when its volumes may have become worth an alarm. */
export function instanceStateChange(raw: unknown): InstanceStarted | Ignored {
  const parsed = v.safeParse(event, raw);
  if (!parsed.success) return { kind: 'ignored', why: `malformed instance event: ${explain(parsed.issues)}` };
  const { 'instance-id': instanceId, state } = parsed.output.detail;
  if (state !== 'running') return { kind: 'ignored', why: `nothing to do on instance state ${state}` };
  return { kind: 'instance-started', instanceId };
}
