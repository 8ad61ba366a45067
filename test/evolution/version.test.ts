import { describe, expect, it } from 'vitest';
import { toLevel, toNextVersion } from '../../scripts/release/version.ts';

describe('the next version', () => {
  it.each([
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['1.2.3-rc.1', 'patch', '1.2.3'],
    ['1.3.0-rc.1', 'minor', '1.3.0'],
    ['2.0.0-rc.1', 'major', '2.0.0'],
  ] as const)('after %s by a %s is %s', (version, level, next) => {
    expect(toNextVersion(version, level)).toBe(next);
  });

  it('is not guessed after what is no version', () => {
    expect(() => toNextVersion('1.2', 'patch')).toThrow('1.2 is not a semantic version');
  });
});

describe('the level of a version', () => {
  it.each([
    ['1.2.3', '1.2.4', 'patch'],
    ['1.2.3', '1.3.0', 'minor'],
    ['1.2.3', '2.0.0', 'major'],
    ['1.2.3', '2.0.0-rc.1', 'major'],
    ['1.2.3', '1.3.0-rc.1', 'minor'],
    ['1.2.3-rc.1', '1.2.3', 'patch'],
    ['1.2.3-rc.1', '1.2.3-rc.2', 'patch'],
  ])('from %s to %s is %s', (before, after, level) => {
    expect(toLevel(before, after)).toBe(level);
  });
});
