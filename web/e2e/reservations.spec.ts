import { readFile } from 'node:fs/promises'
import { expectAccessible } from './axe'
import { expect, logInAs, logIns, plus, test } from './hotel'

test('the list is narrowed by view, text and status; the URL says how, and going back widens it', async ({
  page,
  hotel,
}) => {
  await hotel.book('101', 0, 2, 'Arriving')
  await hotel.book('102', 5, 7, 'Coming')
  const gone = await hotel.book('103', 6, 8, 'Cancelled')
  await hotel.act(gone, 'cancel', {})
  await hotel.book(null, 9, 10, 'Roomless')
  await page.goto(`/reservations?property=${hotel.id}`)
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  for (const name of ['Arriving', 'Coming', 'Cancelled', 'Roomless']) await expect(row(name)).toBeVisible()

  await page.getByRole('radio', { name: 'Arrivals today' }).click()
  await expect(row('Coming')).toHaveCount(0)
  await expect(row('Arriving')).toContainText('101')
  await expect(page).toHaveURL(/view=arrivals/)

  await page.getByRole('radio', { name: 'All' }).click()
  await page.getByRole('searchbox', { name: 'Guest, number or reference' }).fill('comi')
  await expect(row('Arriving')).toHaveCount(0)
  await expect(row('Coming')).toBeVisible()
  await expect(page).toHaveURL(/q=comi/)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(row('Arriving')).toBeVisible()

  await page.getByRole('button', { name: /Status/ }).click()
  await page.getByRole('option', { name: 'Cancelled' }).click()
  await expect(row('Coming')).toHaveCount(0)
  await expect(row('Cancelled')).toBeVisible()
  await page.getByRole('button', { name: /Status/ }).click()
  await page.getByRole('option', { name: 'Any status' }).click()
  await page.getByRole('button', { name: /^Any room Room|Room$/ }).click()
  await page.getByRole('option', { name: 'No room yet' }).click()
  await expect(row('Coming')).toHaveCount(0)
  await expect(row('Roomless')).toContainText('No room yet')
  await page.reload()
  await expect(row('Roomless')).toBeVisible()
  await expect(row('Coming')).toHaveCount(0)
})

test('the list is walked in pages that survive a reload, and exported whole', async ({ page, hotel }) => {
  const nights = Array.from({ length: 53 }, (_, n) => n)
  for (let at = 0; at < nights.length; at += 10) {
    await Promise.all(
      nights
        .slice(at, at + 10)
        .map((n) => hotel.book(n % 2 ? '101' : '102', n, n + 1, `Guest${String(n).padStart(2, '0')}`)),
    )
  }
  await hotel.book('201', 60, 63, '=HYPERLINK("x")', { guestNotes: 'Late, "very"\nlate' })
  await page.goto(`/reservations?property=${hotel.id}`)
  const rows = page.getByRole('row')
  await expect(rows).toHaveCount(51)
  await expect(page.getByText('Page 1')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(rows).toHaveCount(5)
  await expect(page.getByRole('row', { name: /Guest52/ })).toBeVisible()
  await page.reload()
  await expect(page.getByText('Page 2')).toBeVisible()
  await expect(page.getByRole('row', { name: /Guest52/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled()
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(page.getByRole('row', { name: /Guest00/ })).toBeVisible()

  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const file = await waiting
  expect(file.suggestedFilename()).toMatch(new RegExp(`^reservations.*${hotel.today}\\.csv$`))
  const text = await readFile(await file.path(), 'utf8')
  const lines = text.replace(/^\uFEFF/, '').split('\r\n')
  expect(lines[0]).toBe(
    'Confirmation,Status,Last name,First name,E-mail,Phone,Arrival,Departure,Nights,Room,Room type,Rate plan,Adults,Children,Source,Reference of the source,Total,Currency,Wishes of the guest,Notes for the team',
  )
  expect(lines.filter((line) => line.includes('Guest'))).toHaveLength(53)
  expect(lines[1]).toContain(
    `Confirmed,Guest00,Ada,,,${hotel.today},${plus(hotel.today, 1)},1,102,Standard,Best available,2,0,Direct,,100,USD`,
  )
  // What a spreadsheet would run is text, and a note may have lines and quotes of its own.
  expect(text).toContain(`"'=HYPERLINK(""x"")"`)
  expect(text).toContain('"Late, ""very""\nlate"')
  await expect(page.getByText('54 reservations exported')).toBeVisible()
})

test('the list is sorted by the head of a column, and the URL says so', async ({ page, hotel }) => {
  await hotel.book('101', 1, 9, 'Long')
  await hotel.book('102', 2, 3, 'Short')
  await hotel.book('103', 4, 5, 'Late')
  await page.goto(`/reservations?property=${hotel.id}`)
  const names = page.getByRole('rowheader')
  await expect(names).toHaveText([/Long/, /Short/, /Late/])
  const head = (name: string) => page.getByRole('columnheader', { name })
  await expect(head('Arrival')).toHaveAttribute('aria-sort', 'ascending')
  await head('Departure').click()
  await expect(names).toHaveText([/Short/, /Late/, /Long/])
  await expect(page).toHaveURL(/sort=DEPARTURE/)
  await head('Departure').click()
  await expect(names).toHaveText([/Long/, /Late/, /Short/])
  await page.reload()
  await expect(names).toHaveText([/Long/, /Late/, /Short/])
  await head('Arrival').click()
  await expect(names).toHaveText([/Long/, /Short/, /Late/])
  await expect(page).not.toHaveURL(/sort=/)
})

test('an empty list says so and shows the way on', async ({ page, hotel }) => {
  await page.goto(`/reservations?property=${hotel.id}`)
  await expect(page.getByText('Nothing in this view.')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/reservations?property=${hotel.id}&q=nobody`)
  await expect(page.getByText('No reservation fits these filters.')).toBeVisible()
})

test('who may only read is offered nothing else, in the list and in a stay', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace', { internalNotes: 'quiet room' })
  await page.context().clearCookies()
  await logInAs(page, logIns.reader)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await page.goto(`/reservations?property=${hotel.id}`)
  await expect(page.getByRole('row', { name: /Lovelace/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'New reservation' })).toHaveCount(0)
  await page.getByRole('row', { name: /Lovelace/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Ada Lovelace' })
  await expect(drawer.getByText('quiet room')).toBeVisible()
  await expect(drawer.getByRole('textbox')).toHaveCount(0)
  await expect(drawer.getByRole('button', { name: /Check in|More/ })).toHaveCount(0)
  await expectAccessible(page)
  await page.goto(`/reservations?property=${hotel.id}&book=new`)
  await expect(page.getByRole('dialog')).toContainText('You may not see this')
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await expect(page.getByRole('dialog', { name: 'Ada Lovelace' })).toBeVisible()
})
