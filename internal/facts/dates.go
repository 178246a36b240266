package facts

import (
	"strconv"
	"strings"
	"time"
)

// date reads a day such as 2026-03-01.
func date(s string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil
}

// daysBetween counts the days from one day to another.
func daysBetween(from, to time.Time) float64 {
	return to.Sub(from).Hours() / 24
}

// Days in the units of a duration, by their letters.
var (
	dateUnits = [256]float64{'Y': 365, 'M': 30, 'W': 7, 'D': 1}
	timeUnits = [256]float64{'H': 1.0 / 24, 'M': 1.0 / 1440, 'S': 1.0 / 86400}
)

// durationDays reads an ISO 8601 duration in days; a year counts 365 days, a
// month 30.
func durationDays(s string) (float64, bool) {
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || rest == "" {
		return 0, false
	}
	days, parts, inTime := 0.0, 0, false
	for rest != "" {
		if rest[0] == 'T' && !inTime {
			inTime, rest = true, rest[1:]
			continue
		}
		i := strings.IndexFunc(rest, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
		if i <= 0 {
			return 0, false
		}
		n, err := strconv.ParseFloat(rest[:i], 64)
		if err != nil {
			return 0, false
		}
		units := &dateUnits
		if inTime {
			units = &timeUnits
		}
		unit := units[rest[i]]
		if unit == 0 {
			return 0, false
		}
		days += n * unit
		rest = rest[i+1:]
		parts++
	}
	return days, parts > 0
}
