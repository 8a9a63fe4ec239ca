import { useEffect, useState } from 'react'
import { policies, type Schemas } from '../api/client'

const known = new Map<string, Schemas['PolicySummary'][]>()

/** The policies of a kind; none until they have come. */
export function usePolicies(kind: string): Schemas['PolicySummary'][] {
  const [list, setList] = useState(known.get(kind) ?? [])
  useEffect(() => {
    if (known.has(kind)) return
    void policies(kind).then((answer) => {
      if (answer.kind !== 'answer') return
      known.set(kind, answer.value.policies)
      setList(answer.value.policies)
    })
  }, [kind])
  return list
}
