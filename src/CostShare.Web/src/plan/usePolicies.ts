import { useEffect, useState } from 'react'
import { policies, type Schemas } from '../api/client'
import { asking } from './asking'

const known = new Map<string, Schemas['PolicySummary'][]>()

/** The policies of a kind; none until they have come. */
export function usePolicies(kind: string): Schemas['PolicySummary'][] {
  const [list, setList] = useState(known.get(kind) ?? [])
  useEffect(() => {
    if (known.has(kind)) return
    return asking(
      0,
      () => policies(kind),
      (answer) => {
        if (answer.kind !== 'answer') return
        known.set(kind, answer.value.policies)
        setList(answer.value.policies)
      },
    )
  }, [kind])
  return list
}

/** A day whose rule a policy has: the one that was chosen where it has one, else its last or its first. */
export function dayOf({ from, to }: Schemas['PolicySummary'], chosen: string | undefined): string {
  const holds = chosen !== undefined && chosen >= from && !(to && chosen > to)
  return holds ? chosen : (to ?? from)
}
