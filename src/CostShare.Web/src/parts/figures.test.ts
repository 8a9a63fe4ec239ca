import { describe, expect, test } from 'vitest'
import { decimal, fen, yuan } from './figures'

/** Whole numbers up to a bound that lie all over it, the same every time. */
function* numbers(count: number, bound: number) {
  let state = 20_260_101n
  for (let i = 0; i < count; i++) {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn
    yield Number((state >> 11n) % BigInt(bound))
  }
}

describe('yuan', () => {
  test.each([
    [0, '0', '0.00'],
    [1, '0.01', '0.01'],
    [10, '0.10', '0.10'],
    [99, '0.99', '0.99'],
    [100, '1', '1.00'],
    [-1, '−0.01', '−0.01'],
    [-150_000_00, '−150,000', '−150,000.00'],
    [99_999, '999.99', '999.99'],
    [100_000, '1,000', '1,000.00'],
    [123_456_789, '1,234,567.89', '1,234,567.89'],
    [Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91', '90,071,992,547,409.91'],
  ])('%d fen', (amount, short, long) => {
    expect(yuan(amount)).toBe(short)
    expect(yuan(amount, true)).toBe(long)
  })
})

describe('fen', () => {
  test.each([
    ['460000', 460_000_00],
    ['460,000.00', 460_000_00],
    ['460，000', 460_000_00],
    [' 460 000 ', 460_000_00],
    ['４６００００', 460_000_00],
    ['４６０，０００．５０', 460_000_50],
    ['¥460000', 460_000_00],
    ['￥460,000', 460_000_00],
    ['460000元', 460_000_00],
    ['0', 0],
    ['0.1', 10],
    ['0.07', 7],
    ['12.', 12_00],
    ['007', 7_00],
    ['9999999999999.99', 999_999_999_999_999],
  ])('reads %s', (text, amount) => expect(fen(text)).toBe(amount))

  test.each([
    '',
    ' ',
    '-5',
    '−5',
    '+5',
    '1e5',
    '0x10',
    '12.345',
    '1.2.3',
    '.5',
    '.',
    '46万',
    '四十六万',
    'NaN',
    'Infinity',
    '12 345元整',
    '99999999999999',
  ])('refuses %s', (text) => expect(fen(text)).toBeNull())

  test('What was written is read back to the fen', () => {
    for (const amount of numbers(5_000, 1_000_000_000_000_000)) {
      expect(fen(yuan(amount, true))).toBe(amount)
      expect(fen(yuan(amount))).toBe(amount)
      expect(yuan(amount, true).replace(/[,.]/g, '')).toBe(String(amount).padStart(3, '0'))
    }
  })
})

describe('a fraction', () => {
  test.each([
    ['102', '102.00'],
    ['0', '0.00'],
    ['1850/51', '≈ 36.27'],
    ['-2/3', '≈ −0.67'],
    ['1/8', '≈ 0.13'],
    ['1/200', '≈ 0.01'],
    ['1/400', '≈ 0.00'],
    ['-7/4', '−1.75'],
    ['123456789012345678901/100', '1234567890123456789.01'],
  ])('%s is written as %s', (fraction, text) => expect(decimal(fraction)).toBe(text))
})
