# METADATA
# title: "Content: text, media, files"
# description: The rows of the risk items of theme CNT.
# schemas:
#   - input: schema.facts
package puntari.risk.content

import data.puntari.conditions
import input.is
import input.isnt
import input.unproven

# METADATA
# title: "Free text: fail"
# custom:
#   item: RISK-CNT-01
fail contains "RISK-CNT-01" if {
	conditions.free_text
	_text_unsafe
}

_text_unsafe if is.content.freeTextReview.unreviewed

_text_unsafe if is.profile.piiHits.size.highest > 0

# METADATA
# title: "Free text: not applicable"
# custom:
#   item: RISK-CNT-01
na contains "RISK-CNT-01" if conditions.not_free_text

# METADATA
# title: "Free text: concern"
# custom:
#   item: RISK-CNT-01
concern contains "RISK-CNT-01" if is.content.freeTextReview.automated

# METADATA
# title: "Images, audio and video: fail"
# custom:
#   item: RISK-CNT-02
fail contains "RISK-CNT-02" if {
	conditions.media
	_people_shown
}

_no_right_to_show if is.personalData.dataSubjectCategories.minors

_no_right_to_show if isnt.personalData.publicationLegalBasis.consent_or_law

_people_shown if is.content.platesOrVoices.yes

_people_shown if {
	is.content.peopleRecognisable.yes
	_no_right_to_show
}

# METADATA
# title: "Images, audio and video: not applicable"
# custom:
#   item: RISK-CNT-02
na contains "RISK-CNT-02" if conditions.not_media

# METADATA
# title: "Images, audio and video: concern"
# custom:
#   item: RISK-CNT-02
concern contains "RISK-CNT-02" if is.content.peopleRecognisable.yes

# METADATA
# title: "Hidden content and file metadata: fail"
# custom:
#   item: RISK-CNT-03
fail contains "RISK-CNT-03" if {
	is.content.hiddenContentChecked.no
	_can_hide_content
}

_can_hide_content if is.release.formats.with_hidden_content

_can_hide_content if conditions.media

# METADATA
# title: "Hidden content and file metadata: not applicable"
# custom:
#   item: RISK-CNT-03
na contains "RISK-CNT-03" if {
	isnt.release.formats.with_hidden_content
	conditions.not_media
}

# METADATA
# title: "Findings of the automatic scan: fail"
# custom:
#   item: RISK-CNT-04
fail contains "RISK-CNT-04" if is.profile.piiHits.pattern.leak

fail contains "RISK-CNT-04" if {
	conditions.about_persons
	conditions.not_lawful_named
	is.profile.piiHits.size.highest > 0
}

# METADATA
# title: "Findings of the automatic scan: not applicable"
# custom:
#   item: RISK-CNT-04
na contains "RISK-CNT-04" if {
	conditions.not_about_persons
	conditions.not_free_text
	is.profile.piiHits.size.lowest <= 0
}

# METADATA
# title: "Findings of the automatic scan: unknown"
# custom:
#   item: RISK-CNT-04
unknown contains "RISK-CNT-04" if unproven.profile.available.yes

# METADATA
# title: "Findings of the automatic scan: concern"
# custom:
#   item: RISK-CNT-04
concern contains "RISK-CNT-04" if is.profile.piiHits.size.highest > 0
