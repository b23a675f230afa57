import { expect, test } from 'vitest';
import { isToGoBack, isUnderWay } from '../../../core/domain/leaving/uninstall-plan.ts';
import { announced, bridged, intended, returning, upgrading, watching } from '../some-case.ts';

test.each([
  { one: watching(), underWay: false, toGoBack: false },
  { one: announced(), underWay: false, toGoBack: false },
  { one: intended(), underWay: true, toGoBack: false },
  { one: intended({ bridge: bridged().bridge }), underWay: true, toGoBack: true },
  { one: upgrading(), underWay: true, toGoBack: false },
  { one: bridged(), underWay: false, toGoBack: true },
  { one: returning(), underWay: true, toGoBack: true },
])('a case that is $one.state is under way: $underWay, and goes back by itself: $toGoBack', (expected) => {
  expect(isUnderWay(expected.one)).toBe(expected.underWay);
  expect(isToGoBack(expected.one)).toBe(expected.toGoBack);
});
