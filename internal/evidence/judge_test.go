package evidence

import (
	"testing"

	"puntari/internal/detect"
)

// TestVerdict judges counts: a few valid values among others of another kind
// count, as many as chance gives do not.
func TestVerdict(t *testing.T) {
	j := newJudge(catalogue(t), 2026)
	for _, x := range []struct {
		what   string
		kind   detect.Kind
		n      detect.Count
		filled int64
		header bool
		want   Verdict
	}{
		{"nearly all", detect.BusinessID, detect.Count{Shaped: 98, Valid: 97}, 100, false, Is},
		{"one in six, the rest personal identity codes", detect.BusinessID, detect.Count{Shaped: 16, Valid: 16}, 100, true, Contains},
		{"as many as by chance, under a header that promises them", detect.BusinessID, detect.Count{Shaped: 110, Valid: 10}, 110, true, 0},
		{"as many as by chance", detect.BusinessID, detect.Count{Shaped: 110, Valid: 10}, 110, false, 0},
		{"spoiled", detect.Hetu, detect.Count{Shaped: 250}, 250, true, Possible},
		{"versions of programs", detect.IP, detect.Count{Shaped: 100, Valid: 55}, 100, false, 0},
		{"addresses with small numbers, under a header", detect.IP, detect.Count{Shaped: 100, Valid: 20}, 100, true, Is},
		{"addresses without a header", detect.IP, detect.Count{Shaped: 100, Valid: 94}, 100, false, Is},
		{"a few capital letters under a header", detect.FullName, detect.Count{Shaped: 100, Valid: 5}, 100, true, Contains},
		{"one in ten thousand", detect.Hetu, detect.Count{Shaped: 1, Valid: 1}, 10000, false, Contains},
	} {
		if got := j.verdict(j.detectors[x.kind], x.kind, x.n, x.filled, x.header); got != x.want {
			t.Errorf("%s: %v, want %v", x.what, got, x.want)
		}
	}
}
