-- Takes points of a minute and a request of a day, or neither. The arithmetic is that of bucket.rs.
-- KEYS: the minute's count, the day's count.
-- ARGV: points, points a minute, requests, requests a day or -1, the day of whoever asks, requests of that day that they know of.
local PARTS = 60000000
local points, rate, requests = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local most, asker_day, known = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local day = math.floor(tonumber(time[1]) / 86400)

local used = 0
local minute = redis.call('HMGET', KEYS[1], 'used', 'at')
if minute[1] then
  local at = tonumber(minute[2])
  used = math.max(0, tonumber(minute[1]) - math.max(0, now - at) * rate)
  now = math.max(now, at)
end

local sent = 0
local today = redis.call('HMGET', KEYS[2], 'day', 'requests')
if today[1] and tonumber(today[1]) == day then sent = tonumber(today[2]) end
if asker_day == day then sent = math.max(sent, known) end

local refused = 0
if requests > 0 and most >= 0 and sent + requests > most then
  refused = 2
elseif points > 0 and used + points * PARTS > rate * PARTS then
  refused = 1
elseif points > 0 or requests > 0 then
  used = used + points * PARTS
  sent = sent + requests
  redis.call('HSET', KEYS[1], 'used', string.format('%.0f', used), 'at', string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[1], math.ceil(used / math.max(1, rate) / 1000) + 1000)
  if most >= 0 then
    redis.call('HSET', KEYS[2], 'day', day, 'requests', sent)
    redis.call('EXPIRE', KEYS[2], (day + 1) * 86400 - tonumber(time[1]) + 60)
  end
end
return { refused, used, sent, now }
