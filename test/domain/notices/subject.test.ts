import { describe, expect, test } from 'vitest';
import { subjectOf } from '../../../core/domain/notices/subject.ts';
import { someVolume } from '../some-volume.ts';

const place = { account: '111122223333', region: 'us-east-1' };

describe('the subject of a notice', () => {
  test('is named by its tag, else by its id', () => {
    expect(subjectOf(someVolume({ tags: { Name: 'checkout-db' } }), place).name).toBe('checkout-db');
    expect(subjectOf(someVolume({ tags: { Name: '' } }), place).name).toBe(someVolume().id);
    expect(subjectOf(someVolume(), place).name).toBe(someVolume().id);
  });

  test.each([
    [{ owner: 'a', team: 'b' }, 'a'],
    [{ Owner: 'a' }, 'a'],
    [{ Team: 'b' }, 'b'],
    [{ owner: '', team: 'b' }, 'b'],
    [{ OWNER: 'a' }, undefined],
  ])('is owned by whoever %j names', (tags, owner) => {
    expect(subjectOf(someVolume({ tags }), place).owner).toBe(owner);
  });

  test('has its instances while it is attached, and none after', () => {
    expect(subjectOf(someVolume(), place).instanceIds).toEqual(['i-0123456789abcdef0']);
    expect(subjectOf(someVolume({ attachment: { kind: 'detached' } }), place).instanceIds).toEqual([]);
  });

  test('knows its environment, its stack and its place', () => {
    const tags = { env: 'prod', 'aws:cloudformation:stack-name': 'shop' };
    expect(subjectOf(someVolume({ tags }), place)).toMatchObject({
      environment: 'prod',
      stack: 'shop',
      ...place,
    });
  });
});
