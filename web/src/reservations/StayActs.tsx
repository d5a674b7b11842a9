import { useState } from 'react'
import type { ApiError } from '../api/errors'
import { m } from '../paraglide/messages'
import { useApp } from '../shell/useApp'
import { Button } from '../ui/Button'
import { Menu, MenuItem, MenuLine, MenuTrigger } from '../ui/Menu'
import { ActDialog, asksFirst, useAct } from './ActDialog'
import { type ActName, actsOf, nextAct, noValues } from './acts'
import { actWords } from './actWords'
import { type Booking, useHouse } from './queries'
import { useSettling } from './settling'

/** The act that a dialog is open for, with the refusal that opened it. */
interface Open {
  act: ActName
  refusal?: ApiError
}

/** What can be done to the stay now: the next thing as a button, the rest in a menu. */
export function StayActs({ stay }: { stay: Booking }) {
  const { may } = useApp()
  const { today } = useHouse()
  const [open, setOpen] = useState<Open>()
  const write = useAct(stay, () => {})
  const isSettling = useSettling()
  const acts = actsOf(stay, today, may)
  const next = nextAct(acts, stay, today)
  const others = acts.filter((act) => act !== next)
  // At once where nothing is to be asked. A refusal opens the dialog, which says why, and asks when it may be overruled.
  const run = (act: ActName) => {
    if (asksFirst(act, stay, today)) setOpen({ act })
    else write.mutate({ act, values: noValues }, { onError: (refusal) => setOpen({ act, refusal }) })
  }
  return (
    <>
      {others.length > 0 && <MoreActs acts={others} run={run} />}
      {next && (
        <Button
          look="primary"
          icon={actWords[next].icon}
          isPending={write.isPending || isSettling}
          onPress={() => run(next)}
        >
          {actWords[next].label()}
        </Button>
      )}
      {open && (
        <ActDialog
          act={open.act}
          stay={stay}
          refusal={open.refusal ?? null}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}

interface ActItemsProps {
  acts: readonly ActName[]
  run: (act: ActName) => void
}

const MoreActs = (props: ActItemsProps) => (
  <MenuTrigger>
    <Button icon="more">{m.stayActs()}</Button>
    <Menu label={m.stayActs()}>
      <ActItems {...props} />
    </Menu>
  </MenuTrigger>
)

/** The acts as lines of a menu, the grave ones at its end. */
export function ActItems({ acts, run }: ActItemsProps) {
  const harmless = acts.filter((act) => !actWords[act].isDanger)
  const grave = acts.filter((act) => actWords[act].isDanger)
  const item = (act: ActName) => {
    const { label, icon, isDanger = false } = actWords[act]
    return (
      <MenuItem
        key={act}
        id={act}
        label={label()}
        icon={icon}
        isDanger={isDanger}
        onAction={() => run(act)}
      />
    )
  }
  return (
    <>
      {harmless.map(item)}
      {harmless.length > 0 && grave.length > 0 && <MenuLine />}
      {grave.map(item)}
    </>
  )
}
