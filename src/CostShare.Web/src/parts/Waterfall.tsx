import { scaleLinear } from 'd3-scale'
import { useTranslation } from 'react-i18next'
import type { Answered } from '../plan/useComparison'
import { yuan } from './figures'
import { useWidth } from './useWidth'

// Pixels where letters are of the usual size.
const line = 22
const piece = 36

/** Where the money comes from: the whole cost, what each source takes off, and what is left for the residents. */
export function Waterfall({ answered }: { answered: Answered }) {
  const { t } = useTranslation()
  const [box, width, letters] = useWidth()
  const { funding } = answered.result
  // Each source takes its piece from the end of what is left; the positions are for the eye, the figures are the engine's.
  const pieces = funding.sources.map((source, i) => {
    const to = funding.sources.slice(0, i).reduce((left, before) => left - before.amountFen, funding.totalCostFen)
    return { name: source.id, amount: source.amountFen, from: to - source.amountFen, to, kind: 'source' }
  })
  const rows = [
    { name: t('waterfall.total'), amount: funding.totalCostFen, from: 0, to: funding.totalCostFen, kind: 'total' },
    ...pieces,
    { name: t('waterfall.selfFunded'), amount: funding.selfFundedFen, from: 0, to: funding.selfFundedFen, kind: 'self' },
  ]
  const figure = (amountFen: number) => `${yuan(amountFen)} ${t('yuan')}`
  // Where a name and its figure have no room side by side, the figure stands below.
  const below = rows.some((entry) => (wide(entry.name) + wide(figure(entry.amount)) + 40) * letters > width)
  const row = (piece + (below ? 2 : 1) * line) * letters
  const x = scaleLinear([0, Math.max(1, funding.totalCostFen)], [0, width])
  return (
    <section aria-labelledby="waterfall">
      <h2 id="waterfall">{t('waterfall.title')}</h2>
      <div ref={box}>
        <svg
          className="bars"
          role="img"
          aria-label={rows.map((entry) => `${entry.name} ${yuan(entry.amount)} ${t('yuan')}`).join('；')}
          width={width}
          height={rows.length * row}
          viewBox={`0 0 ${width} ${rows.length * row}`}
          style={{ fontSize: 15 * letters }}
        >
          {rows.map((entry, i) => (
            <g key={i} transform={`translate(0 ${i * row})`}>
              <text x={0} y={18 * letters}>
                {entry.kind === 'source' ? '− ' : ''}
                {entry.name}
              </text>
              <text x={width} y={(below ? 18 + line : 18) * letters} textAnchor="end" className="strong">
                {figure(entry.amount)}
              </text>
              <rect
                className={`piece ${entry.kind}`}
                x={x(entry.from)}
                y={row - 32 * letters}
                width={Math.max(1, x(entry.to) - x(entry.from))}
                height={20 * letters}
                rx={3}
              />
            </g>
          ))}
        </svg>
      </div>
      {funding.bridgeFen > 0 && <p className="hint">{t('waterfall.bridge', { amount: yuan(funding.bridgeFen) })}</p>}
    </section>
  )
}

/** About how many pixels a text takes where letters are of the usual size: Chinese ones are as wide as they are high. */
function wide(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 15 : 8.5), 0)
}
