/// The limits of the liveness checks.
///
/// Lengths are in distances between the eyes (of an adult 63 mm), so that neither the camera nor the distance matters.
public struct LivenessSettings: Sendable, Hashable, Codable {
    // MARK: Capture

    /// The fewest frames.
    public var leastFrames = 12
    /// The most frames.
    public var mostFrames = 120
    /// The shortest span in seconds; two movements and back take no less.
    public var leastSpan = 2.0
    /// The longest span in seconds, as long as a challenge is valid.
    public var mostSpan = 180.0
    /// The longest time between two frames in seconds: a movement must not happen unseen.
    public var mostGap = 0.6
    /// The longest usual time between two frames in seconds; slower than this a cut is not told from a movement.
    public var mostInterval = 0.25
    /// The smallest share of frames in which exactly one face must be found.
    public var leastSingleFaceShare = 0.9
    /// The smallest distance of the eyes in pixels.
    public var leastInterEyeDistance = 40.0
    /// The lowest median luminance of the face, 0 to 255.
    public var leastBrightness = 20.0
    /// The lowest median sharpness, as `FaceAppearance` measures it.
    public var leastSharpness = 0.003

    // MARK: Movements

    /// For how many seconds from the first frame the face is at rest; it is measured against that.
    public var restAtStart = 0.36
    /// The largest turn at rest, degrees of the coarse estimate: who looks aside already cannot turn aside.
    public var mostYawAtRest = 20.0
    /// How far the nose must move aside before the plane of eyes and mouth for a turn.
    ///
    /// Pictures moved by less than a pixel, scaled and turned anew scatter by 0.015, the 99th percentile is 0.045.
    public var turnParallax = 0.10
    /// How far the nose must move up or down before that plane for half a nod; the same pictures scatter by 0.0125.
    public var nodParallax = 0.035
    /// How far the face must move up or down in the picture for the other half: a head that nods about its neck by 15°
    /// moves by 0.4. No more than half is counted, so that a shift alone is no nod.
    public var nodShift = 0.30
    /// The change of the size's natural logarithm for a movement to or from the camera.
    public var scaleChange = 0.14
    /// The share of a limit below which a movement has ended.
    public var returnShare = 0.6
    /// A movement is no movement of its own, but part of another at the same time, when it goes no further than this
    /// share of the other, both measured in their limits.
    public var sideMovementShare = 0.6

    // MARK: Depth

    /// The least parallax of the challenged turns.
    ///
    /// Of presentations drawn of 76 people, heads that turn by 22 to 38° reach 0.17 and more, the middle 0.37, one in
    /// twenty less than 0.20; flat prints tilted by 18 to 42° no more than 0.12, although the detector takes a narrowed
    /// face for a turned one. Masks of paper reach up to 0.38 and prints pressed into a relief 0.28: a higher limit
    /// refuses more of them, and of those who turn little. An average head must turn by some 25° for it.
    public var leastTurnParallax = 0.20
    /// The least parallax over the tangent of the turn that the narrowed face shows: the height of the nose.
    ///
    /// Of 177 photographs of real people with a parallax of 0.21 and more (LFW, against an average face at rest), the
    /// middle is 0.41 and 1.7 % have less than 0.28, none less than 0.20. Of the drawn turns, 2 % of the heads' have
    /// less than 0.28; tilted prints have up to 0.19; of prints bent about the vertical with a radius of 80 to 180 mm the
    /// middle is 0.25, but one in ten has 0.33 and more.
    public var leastTurnRelief = 0.28
    /// The height of the nose below which the face is certainly no head.
    public var flatTurnRelief = 0.20
    /// How far the outline must move against the nose and broaden, over the parallax.
    ///
    /// Of 199 such photographs with a parallax of 0.20 and more, the mean is 1.67 and the deviation 0.20; 1.0 % have
    /// less than 1.2, none less than 0.8. Of the drawn turns that reach 0.20, 2 % of the heads' have less than 1.2; of
    /// prints bent about the vertical the middle is 1.07. Masks of paper are worn by a head and pass.
    public var leastOutlineDepth = 1.2
    /// The same below which the face is certainly no head.
    public var flatOutlineDepth = 0.8

    // MARK: Continuity

    /// The largest jump: how much further the face is from one frame to the next than in the two steps beside it.
    ///
    /// Of 152 drawn recordings in one piece 98 % have at most 0.10 and the largest 0.13; of 76 put together one in ten
    /// has less, the middle 0.16. It holds for up to ``jumpInterval`` from frame to frame; beyond, the limit grows with
    /// the square of the interval, as what a head's acceleration does in it.
    public var mostJump = 0.10
    /// A jump that no head makes in that time.
    public var certainJump = 0.18
    /// The time in seconds between two frames up to which ``mostJump`` holds.
    public var jumpInterval = 0.15
    /// The least movement of a living head over all frames, the sum along three axes.
    ///
    /// Of 64 pictures that do not move at all and differ by a camera's noise, the middle is 0.03, the 95th percentile
    /// 0.056; a drawn person who does what is asked reaches 1 and more.
    public var leastMovement = 0.05
    /// Two frames of which no landmark differs by more than this are one frame encoded twice.
    ///
    /// In 4224 pairs of pictures that differ by a camera's noise alone (deviation 4 of 255) the coordinate that moved
    /// most moved by 0.0020 at least.
    public var leastDifference = 0.0012
    /// The largest share of frames that may repeat the frame just before them, as a stalling camera gives them.
    public var mostRepeatedShare = 0.1

    // MARK: Identity

    /// The fewest frames with a template.
    public var leastTemplates = 6
    /// The longest time in seconds between two frames with a template: nobody may change places unseen.
    public var mostTemplateGap = 1.2
    /// The largest share of frames that may be no match with the frames at rest, as turned faces sometimes are.
    public var mostUnlikeShare = 0.25

    /// The measured limits.
    public init() {}
}
