import { expectAccessibleInBoth } from './axe'
import { expect, test } from './hotel'

test('a folio is sent from the account, and what could not be sent is told', async ({ page, hotel }) => {
  const stay = await hotel.book('101', 0, 2, 'Lovelace')
  await hotel.post(`/folios/${await hotel.folioOf(stay)}/charges`, {
    description: 'Dinner',
    amountCents: 40_00,
  })
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await page.getByRole('tab', { name: 'Account' }).click()
  const folio = page.getByRole('region', { name: 'Guest folio' })
  await folio.getByRole('button', { name: 'E-mail' }).click()
  const form = page.getByRole('dialog', { name: 'Send by e-mail' })
  await page.keyboard.press('Enter')
  await expect(form.getByText('Enter an e-mail address')).toBeVisible()
  await expectAccessibleInBoth(page)
  await page.keyboard.type('ada@example.com')
  await page.keyboard.press('Enter')
  await expect(folio.getByText(/^Sent to ada@example.com/)).toBeVisible({ timeout: 15_000 })

  await folio.getByRole('button', { name: 'E-mail' }).click()
  await form.getByLabel('E-mail').fill('nobody@example.com')
  await form.getByRole('button', { name: 'Send' }).click()
  await expect(folio.getByText(/could not be sent to nobody@example.com: .*No such mailbox/)).toBeVisible({
    timeout: 15_000,
  })
  await expectAccessibleInBoth(page)
})

test('who leaves gets the invoice by e-mail', async ({ page, hotel }) => {
  const guest = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' }
  const stay = await hotel.act(
    await hotel.book('101', 0, 1, 'Lovelace', { primaryGuestJson: guest }),
    'check-in',
  )
  const folio = await hotel.folioOf(stay)
  await hotel.post(`/folios/${folio}/charges`, { description: 'Dinner', amountCents: 40_00 })
  await hotel.post(`/folios/${folio}/payments`, { method: 'CASH', amountCents: 40_00 })
  await page.goto(`/reservations?property=${hotel.id}&stay=${stay.id}`)
  await page.getByRole('button', { name: 'Check out' }).click()
  await page.locator('section[role=alertdialog]').getByRole('button', { name: 'Check out' }).click()
  await page.getByRole('button', { name: 'E-mail the invoice' }).click()
  const sent = async () => {
    const list = await hotel.call('GET', `/messages?propertyId=${hotel.id}&folioId=${folio}`)
    return list as unknown as { status: string; recipient: string; subject: string }[]
  }
  await expect.poll(async () => (await sent())[0]?.status, { timeout: 15_000 }).toBe('SENT')
  expect((await sent())[0]).toMatchObject({ recipient: 'ada@example.com' })
  expect((await sent())[0]?.subject).toMatch(/^Invoice \d+ · /)
})
