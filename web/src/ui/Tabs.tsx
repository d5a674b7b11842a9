import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs'

export interface TabOf {
  id: string
  title: string
  content: () => ReactNode
}

/** Parts of one thing, of which one is in sight. The arrow keys walk along them. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabOf[] }) {
  return (
    <AriaTabs className="flex flex-col">
      <TabList aria-label={label} className="mb-3 flex gap-4 border-line border-b">
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            className="-mb-px flex min-h-control cursor-default items-center border-transparent border-b-2 text-muted hover:text-text selected:border-accent selected:font-semibold selected:text-text"
          >
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="outline-none">
          {tab.content()}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
