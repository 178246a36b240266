package engine

import (
	"cmp"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// The set found covers everything and no smaller one does.
func TestSmallestCover(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		n := 1 + r.IntN(9)
		all := uint64(1)<<n - 1
		c := &covering{budget: 20_000}
		var union uint64
		for k := range 2 + r.IntN(8) {
			clears := r.Uint64() & all
			union |= clears
			c.candidates = append(c.candidates, candidate{code: string(rune('a' + k)), clears: clears})
		}
		sets := c.candidates
		smallest := len(sets) + 1
		for choice := range 1 << len(sets) {
			var covered uint64
			for k := range sets {
				if choice&(1<<k) != 0 {
					covered |= sets[k].clears
				}
			}
			if covered == union {
				smallest = min(smallest, bits.OnesCount(uint(choice)))
			}
		}
		c.reduce()
		c.best = c.greedy(union)
		c.search(union, nil)
		var covered uint64
		for _, k := range c.best {
			covered |= c.candidates[k].clears
		}
		if covered != union || len(c.best) != smallest {
			t.Fatalf("%v: found %d covering %b of %b, want %d", sets, len(c.best), covered, union, smallest)
		}
	}
}

// Of mitigations that alone clear an item, the lightest in the order of the
// checklists is found, and the first by its code of those.
func TestLightestFirst(t *testing.T) {
	e := newEngine(t, Options{})
	for range 2 {
		differ := 0
		for i := range e.risk.items {
			codes := e.risk.items[i].Mitigations
			if len(codes) == 0 {
				continue
			}
			want, heaviest := "", 0
			for k, effort := range e.Catalogue.Efforts {
				for _, code := range slices.Sorted(slices.Values(codes)) {
					if e.Catalogue.Mitigation(code).Effort == effort.Code {
						want, heaviest = cmp.Or(want, code), k
					}
				}
			}
			if e.effortOf(want) < heaviest {
				differ++
			}
			if cover, _ := e.smallest([]int{i}); !slices.Equal(cover, []string{want}) {
				t.Errorf("%s is cleared by %q, not %q", e.risk.items[i].ID, cover, want)
			}
		}
		if differ == 0 {
			t.Error("no item has mitigations of different efforts")
		}
		slices.Reverse(e.Catalogue.Efforts)
	}
}
