import type { TFunction } from 'i18next'
import type { Answered } from '../plan/useComparison'
import { yuan } from './figures'
import { nameOf } from './schemes'

/** The comparison as text for a chat group: the money, and what a flat on each floor pays under each scheme. */
export function chatText(t: TFunction, { plan, request, result }: Answered, link: string): string {
  const lines = [
    t('chat.head'),
    t('chat.money', {
      total: yuan(result.funding.totalCostFen),
      self: yuan(result.funding.selfFundedFen),
      households: request.building.households.length,
    }),
  ]
  const floors = [...new Set(request.building.households.map((household) => household.floor))].sort((a, b) => a - b)
  result.schemes.forEach((scheme, k) => {
    lines.push('', `${k + 1}. ${nameOf(t, plan, scheme.id)}`)
    for (const floor of floors) {
      const amounts = request.building.households.flatMap((household, i) =>
        household.floor === floor ? [scheme.shares[i]!.amountFen] : [],
      )
      const [low, high] = [Math.min(...amounts), Math.max(...amounts)]
      lines.push(`${t('floor', { floor })}: ${low === high ? yuan(low) : `${yuan(low)}–${yuan(high)}`} ${t('yuan')}`)
    }
  })
  return [...lines, '', t('chat.link'), link].join('\n')
}
