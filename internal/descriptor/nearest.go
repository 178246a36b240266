package descriptor

import "strings"

// nearest returns the candidate that found was probably meant to be, or "" when
// none is near: the one with the fewest differences, else the only one that
// begins or ends with it. Upper and lower case and the signs between words do
// not count.
func nearest(found string, candidates []string) string {
	const longest = 64 // a longer text is not a mistyped name
	a := folded(found)
	if len(a) == 0 || len(a) > longest {
		return ""
	}
	best, bestDistance := "", 1+max(1, min(3, len(a)/3))
	for _, c := range candidates {
		b := folded(c)
		if c == found {
			continue
		}
		if len(b) > longest || len(b)-len(a) >= bestDistance || len(a)-len(b) >= bestDistance {
			continue
		}
		if d := distance(a, b); d < bestDistance && d < max(len(a), len(b)) {
			best, bestDistance = c, d
		}
	}
	if best == "" && len(a) > 3 {
		best = onlyPart(string(a), candidates)
	}
	return best
}

// onlyPart returns the only candidate that begins or ends with name, which is
// folded.
func onlyPart(name string, candidates []string) string {
	only := ""
	for _, c := range candidates {
		f := string(folded(c))
		if f == name || !strings.HasPrefix(f, name) && !strings.HasSuffix(f, name) {
			continue
		}
		if only != "" {
			return ""
		}
		only = c
	}
	return only
}

// sameName tells whether two names differ only in case and in the signs between
// words.
func sameName(a, b string) bool {
	f := string(folded(a))
	return f != "" && f == string(folded(b))
}

func folded(s string) []rune {
	if len(s) > 1024 {
		s = s[:1024]
	}
	return []rune(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(s)))
}

// distance is the number of characters to insert, delete, replace or swap with
// their neighbour that turns a into b (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
