/** An amount of whole fen as yuan with thousands separators; the decimals are left out where there are none, unless they are wanted. */
export function yuan(fen: number, decimals = false): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = digits.slice(-2)
  return `${fen < 0 ? '−' : ''}${whole}${decimals || rest !== '00' ? `.${rest}` : ''}`
}

/** Yuan as somebody typed them, in whole fen; null where it is no amount. Full-width digits and separators are understood. */
export function fen(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,\s¥元]/g, '')
  const match = /^(\d{1,13})(?:\.(\d{0,2}))?$/.exec(plain)
  return match ? Number(match[1] + (match[2] ?? '').padEnd(2, '0')) : null
}

/** An exact fraction of the engine with two decimals, half away from zero; ≈ before what needs more. */
export function decimal(fraction: string): string {
  const [over, under = '1'] = fraction.split('/')
  const [numerator, denominator] = [BigInt(over!), BigInt(under)]
  const scaled = (numerator < 0n ? -numerator : numerator) * 100n
  const [whole, rest] = [scaled / denominator, scaled % denominator]
  const digits = String(rest * 2n >= denominator ? whole + 1n : whole).padStart(3, '0')
  return `${rest === 0n ? '' : '≈ '}${numerator < 0n ? '−' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
