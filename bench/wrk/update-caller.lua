-- Load for wrk: commands of the Conductor API, each for one caller in turn.
--
--   wrk -t2 -c16 -d15s --latency -s bench/wrk/update-caller.lua http://127.0.0.1:8080 -- callers.txt
--
-- callers.txt holds the UIDs of callers on the line, one a line. The conference and its token are
-- those of the demo unless they follow: -- callers.txt CONFERENCE TOKEN. Every answer is read: one
-- that is not TRUE is counted and makes the last line say so.

local path = "/_conference/updateCaller"
local fields = {
  { "mute", "true" }, { "attention", "1" }, { "volume_in", "1" }, { "mike", "false" },
  { "mute", "false" }, { "attention", "0" }, { "volume_in", "0" }, { "mike", "true" },
}
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  if #args < 1 then
    error("which callers? -- callers.txt [CONFERENCE TOKEN]")
  end
  uids = {}
  for line in io.lines(args[1]) do
    if line ~= "" then
      table.insert(uids, line)
    end
  end
  if #uids == 0 then
    error(args[1] .. " has no caller in it")
  end
  who = "conferenceUID=" .. (args[2] or "DEMO") .. "&securityToken=" .. (args[3] or "demo")
  headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  turn = number * 7919
  accepted = 0
  refused = 0
  why = ""
end

function request()
  turn = turn + 1
  local change = fields[turn % #fields + 1]
  local uid = uids[turn % #uids + 1]
  local body = who .. "&UID=" .. uid .. "&field=" .. change[1] .. "&value=" .. change[2]
  return wrk.format("POST", path, headers, body)
end

function response(status, head, body)
  if status == 200 and body == "TRUE" then
    accepted = accepted + 1
  else
    refused = refused + 1
    why = status .. " " .. body
  end
end

function done(summary, latency, requests)
  local yes, no, last = 0, 0, ""
  for _, thread in ipairs(threads) do
    yes = yes + thread:get("accepted")
    no = no + thread:get("refused")
    if thread:get("why") ~= "" then
      last = thread:get("why")
    end
  end
  local seconds = summary.duration / 1e6
  io.write(string.format("commands a second  %.0f\n", yes / seconds))
  io.write(string.format("p50 %.2f ms, p99 %.2f ms, most %.2f ms\n",
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
  io.write(string.format("not TRUE %d%s\n", no, no > 0 and ", the last: " .. last or ""))
end
