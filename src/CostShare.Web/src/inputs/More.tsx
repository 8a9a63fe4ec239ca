import { type ReactNode, useState } from 'react'

/** Something that opens; what is in it is made only then, since there may be hundreds. */
export function More({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  const [opened, setOpened] = useState(false)
  return (
    <details className="more" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && children}
    </details>
  )
}
