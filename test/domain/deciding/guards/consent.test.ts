import {
  invalidTag,
  muted,
  noConsent,
  notifyMode,
  optedOut,
} from '../../../../core/domain/deciding/guards/consent.ts';
import { minutes } from '../../../../core/domain/units.ts';
import { ago, ahead, wayBack } from '../../some-situation.ts';
import { vetoes } from './veto-table.ts';

vetoes(optedOut, [
  {
    refuses: 'a volume that its tags switch off',
    given: { policy: { mode: 'off' } },
    with: { code: 'opted-out' },
    butNot: 'one in mode act',
    twin: { policy: { mode: 'act' } },
  },
]);

const mistyped = { key: 'ebs-burst:target', got: 'gp4', expected: 'gp3, io2 or io1' };

vetoes(invalidTag, [
  {
    refuses: 'a tag that nobody can read, and names it',
    given: { volume: { tags: { 'ebs-burst:target': 'gp4' } } },
    with: { code: 'invalid-tag', ...mistyped },
    butNot: 'a tag with a value we know',
    twin: { volume: { tags: { 'ebs-burst:target': 'gp3' } } },
  },
]);

vetoes(notifyMode, [
  {
    refuses: 'in a deployment that only notifies',
    given: { policy: { mode: 'notify' } },
    with: { code: 'notify-mode' },
    butNot: 'in one that acts',
    twin: {},
  },
]);

const selector = { tagKey: 'team', values: ['checkout', 'search'] };

vetoes(noConsent, [
  {
    refuses: 'a volume without the tag of the act selector',
    given: { policy: { act: selector } },
    with: { code: 'no-consent', ...selector, got: undefined },
    butNot: 'one with any of its values',
    twin: { policy: { act: selector }, volume: { tags: { team: 'search' } } },
  },
  {
    refuses: 'a volume with another value of the tag',
    given: { policy: { act: selector }, volume: { tags: { team: 'Search' } } },
    with: { code: 'no-consent', ...selector, got: 'Search' },
    butNot: 'one with the exact value',
    twin: { policy: { act: selector }, volume: { tags: { team: 'checkout' } } },
  },
]);

const inAMinute = ahead(minutes(1));

vetoes(muted, [
  {
    refuses: 'while the alarm is muted',
    given: { situation: { mutedUntil: { at: inAMinute, end: 'told' } } },
    with: { code: 'muted', until: inAMinute },
    butNot: 'once the mute has ended',
    twin: { situation: { mutedUntil: { at: ago(minutes(0)), end: 'told' } } },
  },
  {
    refuses: 'while the alarm is muted until nobody knows when, and names no time',
    given: { situation: { mutedUntil: { at: inAMinute, end: 'assumed' } } },
    with: { code: 'muted', until: undefined },
    butNot: 'once the time we took for it has passed',
    twin: { situation: { mutedUntil: { at: ago(minutes(0)), end: 'assumed' } } },
  },
  {
    refuses: 'an upgrade while the alarm is muted',
    given: { situation: { mutedUntil: { at: inAMinute, end: 'told' } } },
    with: { code: 'muted', until: inAMinute },
    butNot: 'the way back, which helps nobody to sleep less',
    twin: {
      situation: { mutedUntil: { at: inAMinute, end: 'told' } },
      volume: { configuration: wayBack().from },
      plan: wayBack(),
    },
  },
]);
